namespace Diarizer.Streaming.Scoring;

/// <summary>A stretch of time in seconds, <paramref name="End"/> excluded.</summary>
public readonly record struct Interval(double Start, double End)
{
    /// <summary>Seconds.</summary>
    public double Length => End - Start;
}
