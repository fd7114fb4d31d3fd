using Diarizer.Audio;

namespace Diarizer.Streaming.Tests.Fakes;

/// <summary>Synthetic audio in which a sample's level tells who speaks: 0.1 times the voice's number; 0 is silence.</summary>
internal sealed class Scene
{
    private readonly List<float> _samples = [];

    public float[] Samples => [.. _samples];

    public long Position => _samples.Count;

    public static float Level(int voice) => voice * 0.1f;

    public Scene Voice(int voice, double seconds) => Add(Level(voice), seconds);

    public Scene Silence(double seconds) => Add(0, seconds);

    /// <summary>Two voices at once: they alternate every 40 samples.</summary>
    public Scene Both(int voice, int other, double seconds)
    {
        _samples.AddRange(Enumerable.Range(0, (int)SampleClock.FromSeconds(seconds)).Select(i => Level(i / 40 % 2 == 0 ? voice : other)));
        return this;
    }

    private Scene Add(float level, double seconds)
    {
        _samples.AddRange(Enumerable.Repeat(level, (int)SampleClock.FromSeconds(seconds)));
        return this;
    }
}
