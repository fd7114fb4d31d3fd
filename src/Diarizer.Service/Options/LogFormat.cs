namespace Diarizer.Service.Options;

/// <summary>How log lines look.</summary>
public enum LogFormat
{
    /// <summary>For people, and for the journal where it reads them.</summary>
    Text,

    /// <summary>A JSON object each, with the named values of the message.</summary>
    Json,
}
