namespace Diarizer.Streaming.LocalSpeakers;

/// <summary>What the segmentation network heard in one window; probabilities in steps of 1/255, since many are kept.</summary>
/// <param name="Start">First sample, a multiple of <paramref name="FrameSamples"/>.</param>
/// <param name="FrameSamples">Samples of a frame.</param>
/// <param name="Speakers">Local speakers, whose order means nothing beyond this window.</param>
/// <param name="Activity">[frames, speakers]: that each talks.</param>
/// <param name="Speech">[frames]: that anybody does, by the voice activity network.</param>
internal sealed record LocalActivity(long Start, int FrameSamples, int Speakers, byte[] Activity, byte[] Speech)
{
    private const float Whole = 255;

    public int Frames => Speech.Length;

    public long End => Start + ((long)Frames * FrameSamples);

    /// <summary>The frame at <see cref="Start"/> counted from sample 0 of the session.</summary>
    public long FirstFrame => Start / FrameSamples;

    /// <summary>The probability that a local speaker talks in a frame.</summary>
    public float Of(int frame, int speaker) => Activity[(frame * Speakers) + speaker] / Whole;

    /// <summary>The expected number of speakers in a frame.</summary>
    public float Count(int frame)
    {
        int sum = 0;
        foreach (byte activity in Activity.AsSpan(frame * Speakers, Speakers))
            sum += activity;
        return sum / Whole;
    }

    /// <summary>The probability of speech in a frame.</summary>
    public float SpeechAt(int frame) => Speech[frame] / Whole;

    /// <summary>A probability as it is kept.</summary>
    public static byte Quantise(float probability) => (byte)Math.Clamp(MathF.Round(probability * Whole), 0, Whole);
}
