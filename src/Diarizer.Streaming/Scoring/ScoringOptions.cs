namespace Diarizer.Streaming.Scoring;

/// <summary>What is left out of the scoring of the error rate.</summary>
/// <param name="Collar">Seconds on either side of each reference boundary that are not scored; not negative.</param>
/// <param name="SkipOverlap">Leaves out where two or more reference speakers speak at once.</param>
public readonly record struct ScoringOptions(double Collar = 0, bool SkipOverlap = false);
