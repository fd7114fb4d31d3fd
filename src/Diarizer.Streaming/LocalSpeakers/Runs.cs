namespace Diarizer.Streaming.LocalSpeakers;

/// <summary>Runs of equal values in a row of marks.</summary>
public static class Runs
{
    /// <summary>Closes short gaps, then drops short runs.</summary>
    /// <param name="marks">Changed in place.</param>
    /// <param name="filled">Gaps between two runs of fewer marks than this are filled.</param>
    /// <param name="shortest">Runs of fewer marks than this are dropped.</param>
    public static void Smooth(Span<bool> marks, int filled, int shortest)
    {
        Replace(marks, value: false, filled);
        Replace(marks, value: true, shortest);
    }

    private static void Replace(Span<bool> marks, bool value, int shorterThan)
    {
        for (int start = 0; start < marks.Length;)
        {
            int end = start + 1;
            while (end < marks.Length && marks[end] == marks[start])
                end++;
            if (marks[start] == value && end - start < shorterThan && (value || (start > 0 && end < marks.Length)))
                marks[start..end].Fill(!value);
            start = end;
        }
    }
}
