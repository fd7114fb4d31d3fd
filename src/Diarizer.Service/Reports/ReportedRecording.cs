using Diarizer.Streaming.Scoring;

namespace Diarizer.Service.Reports;

/// <summary>A recording as a report shows it.</summary>
/// <param name="Anchor">Id of its section in the page.</param>
/// <param name="Errors">What is wrong where.</param>
/// <param name="Moments">The same as places, the worst first.</param>
/// <param name="Jaccard">Jaccard error rate, 0 to 1.</param>
internal sealed record ReportedRecording(string Anchor, RecordingErrors Errors, IReadOnlyList<ErrorMoment> Moments, double Jaccard)
{
    /// <summary>Seconds of speaker time that are wrong.</summary>
    public double Wrong { get; } = Errors.Total.Missed + Errors.Total.FalseAlarm + Errors.Total.Confusion;
}
