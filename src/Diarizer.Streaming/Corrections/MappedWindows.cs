using Diarizer.Audio;
using Diarizer.Networks.Voices;
using Diarizer.Streaming.Turns;

namespace Diarizer.Streaming.Corrections;

/// <summary>The windows of a session in the space in which voices are told apart.</summary>
/// <param name="Points">[T] points of d values.</param>
/// <param name="Seconds">Seconds of speech in each window.</param>
/// <param name="Centres">Seconds at each window's centre, rising.</param>
/// <param name="Voice">Prior variance of a voice about the session's channel in each direction.</param>
/// <param name="Channel">The same of the channel about the mean of all recordings.</param>
/// <param name="Noise">Variance of a point that rests on one second of speech, the same in all directions.</param>
internal sealed record MappedWindows(float[][] Points, double[] Seconds, double[] Centres, float[] Voice, float[] Channel, double Noise)
{
    public int Count => Points.Length;

    public int Dimension => Voice.Length;

    /// <summary>Maps windows.</summary>
    /// <param name="windows">In order of time.</param>
    /// <param name="space">Where to.</param>
    /// <param name="options">Variances.</param>
    public static MappedWindows Of(IReadOnlyList<Observation> windows, VoiceSpace space, CorrectionOptions options)
    {
        var points = new float[windows.Count][];
        for (int i = 0; i < points.Length; i++)
            space.Map(windows[i].Embedding, points[i] = new float[space.Dimension]);
        return new MappedWindows(
            points,
            [.. windows.Select(w => w.Seconds)],
            [.. windows.Select(w => SampleClock.ToSeconds(w.Window.Centre))],
            [.. space.Spread.Select(s => (float)(options.VoiceShare * s))],
            [.. space.Spread.Select(s => (float)(options.ChannelShare * s))],
            options.NoiseVariance);
    }

    /// <summary>Some of the windows.</summary>
    public MappedWindows Select(IReadOnlyList<int> indices) => this with
    {
        Points = [.. indices.Select(i => Points[i])],
        Seconds = [.. indices.Select(i => Seconds[i])],
        Centres = [.. indices.Select(i => Centres[i])],
    };
}
