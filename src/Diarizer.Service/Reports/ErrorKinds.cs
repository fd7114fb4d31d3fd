using Diarizer.Streaming.Scoring;

namespace Diarizer.Service.Reports;

/// <summary>How kinds of errors are called in reports.</summary>
internal static class ErrorKinds
{
    /// <summary>For people.</summary>
    public static string Title(this ErrorKind kind) => kind switch
    {
        ErrorKind.Missed => "missed",
        ErrorKind.MissedOverlap => "missed overlap",
        ErrorKind.FalseAlarm => "false alarm",
        _ => "confusion",
    };

    /// <summary>Name of the class in the style sheet.</summary>
    public static string Style(this ErrorKind kind) => kind switch
    {
        ErrorKind.Missed => "missed",
        ErrorKind.MissedOverlap => "overlap",
        ErrorKind.FalseAlarm => "falsealarm",
        _ => "confusion",
    };

    /// <summary>What it means.</summary>
    public static string Meaning(this ErrorKind kind) => kind switch
    {
        ErrorKind.Missed => "somebody speaks, nobody was heard",
        ErrorKind.MissedOverlap => "several speak at once, not all were heard",
        ErrorKind.FalseAlarm => "more were heard than speak",
        _ => "somebody speaks, somebody else was heard",
    };
}
