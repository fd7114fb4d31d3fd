using Diarizer.Streaming.Embeddings;
using Diarizer.Streaming.LocalSpeakers;
using Diarizer.Streaming.Turns;

namespace Diarizer.Streaming.Tests.LocalSpeakers;

/// <summary>What the segmentation network and the embedder heard, in frames of 20 ms.</summary>
internal static class Heard
{
    public const int Frame = 320;

    /// <summary>A window of the segmentation network.</summary>
    /// <param name="first">First frame.</param>
    /// <param name="speakers">For each local speaker a probability a frame.</param>
    public static LocalActivity Window(int first, params float[][] speakers) => Window(first, 1, speakers);

    /// <inheritdoc cref="Window(int, float[][])"/>
    /// <param name="speech">What the voice activity network says in every frame.</param>
    public static LocalActivity Window(int first, float speech, params float[][] speakers)
    {
        int frames = speakers[0].Length;
        byte[] activity = [.. Enumerable.Range(0, frames).SelectMany(f => speakers.Select(s => LocalActivity.Quantise(s[f])))];
        return new LocalActivity(first * Frame, Frame, speakers.Length, activity, [.. Enumerable.Repeat(LocalActivity.Quantise(speech), frames)]);
    }

    /// <summary>Stretches of equal probability.</summary>
    public static float[] Row(params (int Frames, float Probability)[] stretches) => [.. stretches.SelectMany(s => Enumerable.Repeat(s.Probability, s.Frames))];

    /// <summary>Embedded windows of a second each, half a second apart.</summary>
    public static List<Observation> Embedded(int first, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (long)(first + (25 * i)) * Frame).Select(start => new Observation(new Window(start, start + 16_000, 16_000, 1), [1]))];
}
