using Diarizer.Audio.Capturing;

namespace Diarizer.Audio.Tests;

internal static class CaptureReading
{
    /// <summary>Reads to the end: the samples, and the gaps by the number of samples before them.</summary>
    public static async Task<(float[] Samples, List<(long At, long Length)> Gaps)> ReadAllAsync(this Capture capture, int bufferLength = 1600)
    {
        var (samples, gaps, buffer) = (new List<float>(), new List<(long, long)>(), new float[bufferLength]);
        while (true)
        {
            var read = await capture.ReadAsync(buffer, TestContext.Current.CancellationToken);
            if (read.Gap > 0) gaps.Add((samples.Count, read.Gap));
            samples.AddRange(buffer.AsSpan(0, read.Samples));
            if (read.EndOfStream) return ([.. samples], gaps);
        }
    }
}
