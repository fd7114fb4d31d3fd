namespace Diarizer.Streaming.Transcripts.Words;

/// <summary>
/// Leaves a single word between two words of one speaker to that speaker, if little speaks for anybody else: boundaries of turns and times of words are off
/// by some tenths of a second, and a word that is split off for that reads worse than one that is not.
/// </summary>
internal static class JitterFilter
{
    // Across a longer pause words are not neighbours; turns of one speaker are written as one up to the same pause.
    private const double LongestPause = 0.5;

    /// <summary>Filters the words of consecutive cues in place. A word that is a cue of its own is not split off, and stays.</summary>
    /// <param name="cues">The words of each cue.</param>
    /// <param name="bound">Seconds of evidence that are enough for a word of its own.</param>
    public static void Apply(IReadOnlyList<SpokenWord[]> cues, double bound)
    {
        SpokenWord? before = null;
        for (var c = 0; c < cues.Count; c++)
        {
            var words = cues[c];
            for (var i = 0; i < words.Length; i++)
            {
                var after = i + 1 < words.Length ? words[i + 1] : FirstFrom(cues, c + 1);
                if (words.Length > 1 && words[i].Evidence < bound && before is { } left && after is { } right && Surround(left, words[i], right))
                    words[i] = words[i] with { Speaker = left.Speaker };
                before = words[i];
            }
        }
    }

    private static bool Surround(SpokenWord left, SpokenWord word, SpokenWord right) => left.Speaker == right.Speaker && AreClose(left, word) && AreClose(word, right);

    private static bool AreClose(SpokenWord first, SpokenWord second) => Math.Abs(second.Time.Start - first.Time.End) <= LongestPause;

    private static SpokenWord? FirstFrom(IReadOnlyList<SpokenWord[]> cues, int index)
    {
        for (; index < cues.Count; index++)
        {
            if (cues[index] is [var first, ..])
                return first;
        }

        return null;
    }
}
