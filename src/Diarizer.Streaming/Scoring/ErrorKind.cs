namespace Diarizer.Streaming.Scoring;

/// <summary>In which way a stretch of a diarization is wrong.</summary>
public enum ErrorKind
{
    /// <summary>Somebody speaks, and nobody was heard.</summary>
    Missed,

    /// <summary>Several speak at once, and not all of them were heard.</summary>
    MissedOverlap,

    /// <summary>More are said to speak than do.</summary>
    FalseAlarm,

    /// <summary>Somebody speaks, and somebody else is said to.</summary>
    Confusion,
}
