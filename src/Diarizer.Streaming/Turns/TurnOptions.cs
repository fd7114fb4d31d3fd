namespace Diarizer.Streaming.Turns;

/// <summary>How turns begin, change hands and end.</summary>
public sealed record TurnOptions
{
    /// <summary>Seconds of silence that end a turn at once. 0 to 5.</summary>
    public double MergeGap { get; init; } = 0.5;

    /// <summary>
    /// Seconds of silence after which speech begins a new turn of, provisionally, the same speaker; a shorter pause stays inside the turn.
    /// From <see cref="MergeGap"/> on it has no effect. 0 to 5.
    /// </summary>
    public double NewTurnPause { get; init; } = 0.15;

    /// <summary>Seconds of speech after which the speaker is decided. 0.3 to 5.</summary>
    public double DecideAfter { get; init; } = 0.9;

    /// <summary>Evidence (score times windows) for somebody else that moves the turn to them. 0 to 10.</summary>
    public double ChangeThreshold { get; init; } = 0.54;

    /// <summary>Advantage in score that a window must show for somebody else before it counts as evidence. 0 to 4.</summary>
    public double ChangeMargin { get; init; } = 0.15;

    /// <summary>Score below which a window speaks for somebody not yet known. -4 to 4.</summary>
    public double UnmatchedScore { get; init; } = 0.04;

    /// <summary>Evidence (score times windows) for somebody not yet known that opens a new turn. 0 to 10.</summary>
    public double NewSpeakerEvidence { get; init; } = 0.65;

    /// <summary>Score from which a turn too short to be decided is given to the nearest speaker. -4 to 4.</summary>
    public double GuessThreshold { get; init; } = -0.14;

    /// <summary>Seconds a turn must have before it can be split; an earlier change relabels it. 0.1 to 5.</summary>
    public double MinimumTurn { get; init; } = 0.4;

    /// <summary>Seconds around the estimated change within which the boundary moves to the quietest frame. 0 to 1.</summary>
    public double BoundarySearch { get; init; } = 0.3;

    /// <summary>Seconds of lost audio from which the open turn ends. 0 to 5.</summary>
    public double MaximumBridgedGap { get; init; } = 0.2;

    internal void Check(OptionCheck check)
    {
        check.Between("Turns:MergeGap", MergeGap, 0, 5);
        check.Between("Turns:NewTurnPause", NewTurnPause, 0, 5);
        check.Between("Turns:DecideAfter", DecideAfter, 0.3, 5);
        check.Between("Turns:ChangeThreshold", ChangeThreshold, 0, 10);
        check.Between("Turns:ChangeMargin", ChangeMargin, 0, 4);
        check.Between("Turns:UnmatchedScore", UnmatchedScore, -4, 4);
        check.Between("Turns:NewSpeakerEvidence", NewSpeakerEvidence, 0, 10);
        check.Between("Turns:GuessThreshold", GuessThreshold, -4, 4);
        check.Between("Turns:MinimumTurn", MinimumTurn, 0.1, 5);
        check.Between("Turns:BoundarySearch", BoundarySearch, 0, 1);
        check.Between("Turns:MaximumBridgedGap", MaximumBridgedGap, 0, 5);
    }
}
