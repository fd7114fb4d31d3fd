namespace Diarizer.Streaming.Transcripts.Words;

/// <summary>Consecutive words of a cue that are written together, as one speaker's.</summary>
/// <param name="First">Index of the first word.</param>
/// <param name="Count">Words; at least one.</param>
/// <param name="Speaker">Null for nobody.</param>
/// <param name="Start">Seconds: the cue's own for its first piece.</param>
/// <param name="End">Seconds: the cue's own for its last piece.</param>
internal readonly record struct CuePiece(int First, int Count, string? Speaker, double Start, double End);

/// <summary>Splits cues where the speaker changes.</summary>
internal static class CuePieces
{
    /// <summary>The pieces of a cue; a single one is of whoever has most of its time. None if the cue has no words.</summary>
    public static IReadOnlyList<CuePiece> Of(Cue cue, SpokenWord[] words, bool split)
    {
        if (words.Length == 0)
            return [];
        var pieces = new List<CuePiece>();
        if (split)
        {
            foreach (var run in Runs(cue, words))
                Append(pieces, run);
        }

        return pieces.Count > 1 ? pieces : [new CuePiece(0, words.Length, Longest(words), cue.Start, cue.End)];
    }

    // Measured times of words may overlap or leave the cue; pieces do neither.
    private static IEnumerable<CuePiece> Runs(Cue cue, SpokenWord[] words)
    {
        var start = cue.Start;
        for (var first = 0; first < words.Length;)
        {
            var next = first + 1;
            while (next < words.Length && words[next].Speaker == words[first].Speaker)
                next++;
            var end = next == words.Length ? cue.End : Math.Clamp(words[next - 1].Time.End, start, cue.End);
            yield return new CuePiece(first, next - first, words[first].Speaker, start, end);
            start = next == words.Length ? end : Math.Clamp(words[next].Time.Start, end, cue.End);
            first = next;
        }
    }

    // Times are written to the millisecond, and a shorter cue would never be shown: it joins the one before, or the next if it is the first.
    private static void Append(List<CuePiece> pieces, CuePiece piece)
    {
        if (pieces is [.., var last] && (last.Speaker == piece.Speaker || !HasLength(piece)))
            pieces[^1] = last with { Count = last.Count + piece.Count, End = piece.End };
        else if (pieces is [var first] && !HasLength(first))
            pieces[0] = piece with { First = 0, Count = first.Count + piece.Count, Start = first.Start };
        else
            pieces.Add(piece);
    }

    private static bool HasLength(CuePiece piece) => Math.Round(piece.End * 1000) > Math.Round(piece.Start * 1000);

    private static string? Longest(SpokenWord[] words) =>
        words.GroupBy(w => w.Speaker).Select(g => (g.Key, Seconds: g.Sum(w => w.Time.Length))).MaxBy(s => s.Seconds).Key;
}
