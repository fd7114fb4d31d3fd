namespace Diarizer.Features.Tests;

/// <summary>Signals with known content.</summary>
internal static class TestSignals
{
    /// <summary>The signal of reference/make_reference.py.</summary>
    public static float[] TonesAndChirp(int samples)
    {
        var x = new float[samples];
        for (int n = 0; n < samples; n++)
        {
            double t = 2 * Math.PI * n / 16_000;
            x[n] = (float)(0.3 * Math.Sin(440 * t) + 0.2 * Math.Sin(3_000 * t) + 0.1 * Math.Sin((100 + n / 4.0) * t));
        }
        return x;
    }

    public static float[] Noise(int samples, int seed = 1)
    {
        var random = new Random(seed);
        var x = new float[samples];
        for (int n = 0; n < samples; n++)
            x[n] = (float)(random.NextDouble() - 0.5);
        return x;
    }

    public static float[] Frames(FrontEnd frontEnd, float[] samples)
    {
        var frames = new float[frontEnd.FrameCount(samples.Length) * frontEnd.Bins];
        frontEnd.Compute(samples, frames);
        return frames;
    }
}
