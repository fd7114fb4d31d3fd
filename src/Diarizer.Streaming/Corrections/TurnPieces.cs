using Diarizer.Streaming.LocalSpeakers;
using Diarizer.Streaming.Turns;

namespace Diarizer.Streaming.Corrections;

/// <summary>Cuts turns between their windows where the voice changes; what is too short for a turn of its own goes to the longer neighbour.</summary>
internal static class TurnPieces
{
    /// <summary>The parts of a turn, each of one voice, in order.</summary>
    /// <param name="start">The turn's first sample.</param>
    /// <param name="end">The sample after its last.</param>
    /// <param name="windows">Windows whose centres lie in the turn, in order; at least one.</param>
    /// <param name="voices">The voice of each.</param>
    /// <param name="shortest">Samples that a piece needs.</param>
    public static List<VoiceSegment> Cut(long start, long end, IReadOnlyList<Observation> windows, IReadOnlyList<int> voices, long shortest)
    {
        var pieces = new List<VoiceSegment> { new(voices[0], start, end) };
        for (int i = 1; i < windows.Count; i++)
        {
            if (voices[i] == pieces[^1].Voice)
                continue;
            long boundary = Math.Clamp((windows[i - 1].Window.Centre + windows[i].Window.Centre) / 2, pieces[^1].Start, end);
            pieces[^1] = pieces[^1] with { End = boundary };
            pieces.Add(new VoiceSegment(voices[i], boundary, end));
        }

        while (pieces.Count > 1 && pieces.FindIndex(p => p.Length < shortest) is >= 0 and var small)
            Absorb(pieces, small);
        return pieces;
    }

    private static void Absorb(List<VoiceSegment> pieces, int small)
    {
        bool toNext = small == 0 || (small + 1 < pieces.Count && pieces[small + 1].Length > pieces[small - 1].Length);
        int into = toNext ? small + 1 : small - 1;
        pieces[into] = pieces[into] with { Start = Math.Min(pieces[into].Start, pieces[small].Start), End = Math.Max(pieces[into].End, pieces[small].End) };
        pieces.RemoveAt(small);
        for (int i = pieces.Count - 1; i > 0; i--)
        {
            if (pieces[i].Voice != pieces[i - 1].Voice)
                continue;
            pieces[i - 1] = pieces[i - 1] with { End = pieces[i].End };
            pieces.RemoveAt(i);
        }
    }
}
