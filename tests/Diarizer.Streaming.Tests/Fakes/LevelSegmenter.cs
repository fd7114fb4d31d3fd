using Diarizer.Networks.Inference;

namespace Diarizer.Streaming.Tests.Fakes;

/// <summary>Tells the voices of a <see cref="Scene"/> apart, up to three in a stretch, in another order each time.</summary>
/// <param name="deaf">A voice that it does not take for one.</param>
internal sealed class LevelSegmenter(int deaf = 0) : ISpeakerSegmenter
{
    public const float Talks = 0.95f, Silent = 0.02f;

    private int _turned;

    public int Speakers => 3;

    public int FrameSamples => 320;

    public int MinimumSamples => 1_600;

    /// <summary>Lengths of the stretches that it was given.</summary>
    public List<int> Heard { get; } = [];

    public int FrameCount(int samples) => samples / FrameSamples;

    public void Segment(ReadOnlySpan<float> samples, Span<float> activity)
    {
        Heard.Add(samples.Length);
        var order = new List<int>();
        _turned++;
        activity[..(FrameCount(samples.Length) * Speakers)].Fill(Silent);
        for (var i = 0; i < FrameCount(samples.Length) * FrameSamples; i += 40)
        {
            var voice = (int)MathF.Round(samples[i] * 10);
            if (voice == 0 || voice == deaf)
                continue;
            if (!order.Contains(voice))
                order.Add(voice);
            if (order.IndexOf(voice) is var speaker && speaker < Speakers)
                activity[(i / FrameSamples * Speakers) + ((speaker + _turned) % Speakers)] = Talks;
        }
    }

    public void Dispose()
    {
    }
}
