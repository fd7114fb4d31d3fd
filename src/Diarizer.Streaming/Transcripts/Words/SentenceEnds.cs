namespace Diarizer.Streaming.Transcripts.Words;

/// <summary>
/// Moves a change of speaker to the end of a sentence nearby. Only where the times of words are estimated: people mostly stop at the end of a sentence, and
/// that is known better than a time that was shared out by characters. Every stretch of a speaker keeps a word at least: what a turn says of somebody is not
/// taken back.
/// </summary>
/// <param name="cue">The cue.</param>
/// <param name="words">Its words, changed in place.</param>
internal readonly ref struct SentenceEnds(Cue cue, SpokenWord[] words)
{
    /// <summary>Moves the changes within the cue.</summary>
    /// <param name="bound">Seconds by which a change is moved at most.</param>
    public void Move(double bound)
    {
        // First word of the stretch before the change.
        var before = 0;
        for (var change = 1; change < words.Length; change++)
        {
            if (words[change].Speaker == words[change - 1].Speaker)
                continue;
            var moved = Nearest(change, before, bound);
            Give(words[change].Speaker, moved, change);
            Give(words[before].Speaker, change, moved);
            before = moved;
            change = Math.Max(change, moved);
        }
    }

    private void Give(string? speaker, int first, int end)
    {
        for (var i = first; i < end; i++)
            words[i] = words[i] with { Speaker = speaker };
    }

    // The word that begins a sentence nearest in time to a change, within the stretches before and after it; the change itself if there is none.
    private int Nearest(int change, int before, double bound)
    {
        var (best, distance) = (change, double.PositiveInfinity);
        for (var i = change; i > before && IsEstimated(i - 1) && Distance(change, i) <= bound; i--)
            (best, distance) = Nearer(change, i, best, distance);
        for (var i = change; i < words.Length && IsEstimated(i) && words[i].Speaker == words[change].Speaker && Distance(change, i) <= bound; i++)
            (best, distance) = Nearer(change, i, best, distance);
        return best;
    }

    private (int Best, double Distance) Nearer(int change, int word, int best, double distance) =>
        cue.Words[word - 1].EndsSentence && Distance(change, word) < distance ? (word, Distance(change, word)) : (best, distance);

    private double Distance(int change, int word) => Math.Abs(words[change].Time.Start - words[word].Time.Start);

    private bool IsEstimated(int word) => cue.Words[word] is { Start: null, End: null };
}
