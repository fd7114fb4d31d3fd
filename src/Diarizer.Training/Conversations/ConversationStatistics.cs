using Diarizer.Streaming.Scoring;

namespace Diarizer.Training.Conversations;

/// <summary>What conversations are like: who talks how long, how much at once, with what pauses.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Recordings">Number of recordings.</param>
/// <param name="Seconds">Their length.</param>
/// <param name="Speakers">Mean number of people a recording who talk.</param>
/// <param name="Silence">Share of the time in which nobody talks.</param>
/// <param name="Overlap">Share of the time with speech in which several talk.</param>
/// <param name="TurnsPerMinute">Segments a minute.</param>
/// <param name="TurnMedian">Median length of a segment in seconds.</param>
/// <param name="TurnMean">Mean length.</param>
/// <param name="ShortTurns">Share of segments under 0.7 s.</param>
/// <param name="PauseMedian">Median of the silences between segments in seconds; 0 when there are none.</param>
/// <param name="Changes">Changes of the speaker a minute.</param>
internal sealed record ConversationStatistics(
    string Name, int Recordings, double Seconds, double Speakers, double Silence, double Overlap, double TurnsPerMinute, double TurnMedian, double TurnMean,
    double ShortTurns, double PauseMedian, double Changes)
{
    private const double Short = 0.7;

    /// <summary>Measures recordings.</summary>
    /// <param name="recordings">For each its segments and its length in seconds.</param>
    public static ConversationStatistics Of(string name, IReadOnlyList<(IReadOnlyList<SpeakerSegment> Segments, double Seconds)> recordings)
    {
        double talk = 0, common = 0, seconds = recordings.Sum(r => r.Seconds);
        int changes = 0, people = 0;
        var pauses = new List<double>();
        foreach (var (segments, _) in recordings)
        {
            people += segments.Select(s => s.Speaker).Distinct(StringComparer.Ordinal).Count();
            Sweep(segments, pauses, ref talk, ref common, ref changes);
        }
        double[] lengths = [.. recordings.SelectMany(r => r.Segments).Select(s => s.End - s.Start).Order()];
        double minutes = Math.Max(seconds, 1e-9) / 60;
        return new ConversationStatistics(
            name, recordings.Count, seconds, people / (double)Math.Max(1, recordings.Count), 1 - talk / Math.Max(seconds, 1e-9), common / Math.Max(talk, 1e-9), lengths.Length / minutes,
            Median(lengths), lengths.DefaultIfEmpty().Average(), lengths.Count(l => l < Short) / (double)Math.Max(1, lengths.Length), Median([.. pauses.Order()]), changes / minutes);
    }

    /// <summary>Goes through a recording's segments by their starts.</summary>
    private static void Sweep(IReadOnlyList<SpeakerSegment> segments, List<double> pauses, ref double talk, ref double common, ref int changes)
    {
        double reached = 0;
        string last = "";
        foreach (var segment in segments.OrderBy(s => s.Start))
        {
            if (last.Length > 0 && segment.Start > reached)
                pauses.Add(segment.Start - reached);
            if (last.Length > 0 && segment.Speaker != last)
                changes++;
            // What lies before the furthest end so far is talked over.
            double start = Math.Max(segment.Start, last.Length > 0 ? reached : segment.Start);
            talk += Math.Max(0, segment.End - start);
            if (last.Length > 0)
                common += Math.Max(0, Math.Min(segment.End, reached) - segment.Start);
            (reached, last) = (Math.Max(reached, segment.End), segment.Speaker);
        }
    }

    private static double Median(double[] sorted) => sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];
}
