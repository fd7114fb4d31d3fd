using Diarizer.Streaming.Scoring;

namespace Diarizer.Streaming.Transcripts.Words;

/// <summary>
/// When the words of a cue are spoken. Times that the transcript gives are kept; between them, words share the speech by their characters: not
/// the pauses, during which nobody says a word.
/// </summary>
internal static class WordTimes
{
    /// <summary>The times of each word; starts and ends do not decrease where the transcript gives none.</summary>
    public static Interval[] Of(Cue cue, SpeechTime speech)
    {
        var words = cue.Words;
        var times = new Interval[words.Count];
        var (first, since) = (0, cue.Start);
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Start is { } start)
            {
                Share(words, times, first, i, since, start, speech);
                (first, since) = (i, start);
            }

            if (words[i].End is { } end)
            {
                Share(words, times, first, i + 1, since, end, speech);
                (first, since) = (i + 1, end);
            }
        }

        Share(words, times, first, words.Count, since, cue.End, speech);
        return times;
    }

    private static void Share(IReadOnlyList<TranscriptWord> words, Interval[] times, int first, int last, double from, double to, SpeechTime speech)
    {
        to = Math.Max(from, to);
        var total = 0L;
        for (var i = first; i < last; i++)
            total += words[i].Length;
        var (spokenBefore, spokenAfter) = (speech.Before(from), speech.Before(to));
        var spoken = spokenAfter - spokenBefore;
        var done = 0L;
        for (var i = first; i < last; i++)
        {
            var start = At(done, afterPause: true);
            done += words[i].Length;
            times[i] = new Interval(start, Math.Max(start, At(done, afterPause: false)));
        }

        // A word that is alone between two times of the transcript has exactly those.
        if (last - first == 1)
            times[first] = new Interval(from, to);

        double At(long characters, bool afterPause)
        {
            var share = (double)characters / Math.Max(1, total);
            return Math.Clamp(spoken > 0 ? speech.At(spokenBefore + (share * spoken), afterPause) : from + (share * (to - from)), from, to);
        }
    }
}
