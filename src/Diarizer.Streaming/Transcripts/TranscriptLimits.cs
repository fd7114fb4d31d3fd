namespace Diarizer.Streaming.Transcripts;

/// <summary>What is read at most; beyond it a file is refused with a sentence, so that no file can take the machine's memory.</summary>
public static class TranscriptLimits
{
    /// <summary>Bytes of a transcript: a hundred hours of words with times, written with indentation, are about as much.</summary>
    public const int MaximumBytes = 128 << 20;

    /// <summary>Words of a transcript: more than ten days of speech without a pause.</summary>
    public const int MaximumWords = 2_000_000;

    /// <summary>Speakers of one recording.</summary>
    public const int MaximumSpeakers = 500;

    /// <summary>The latest time, in seconds: 10,000 hours.</summary>
    public const double LatestTime = 36_000_000;

    /// <summary>Characters that labels and split cues may add; a cue that repeats a long tag in every piece would otherwise grow without end.</summary>
    internal const int MaximumGrowth = 64 << 20;

    /// <exception cref="UserErrorException">There are more words than <see cref="MaximumWords"/>.</exception>
    internal static void CheckWords(long words, string source)
    {
        if (words > MaximumWords)
            throw new UserErrorException(FormattableString.Invariant($"{source} has more than {MaximumWords:N0} words; split it into several files."));
    }
}
