namespace Diarizer.Streaming.Scoring;

/// <summary>Speaker time, in seconds, that was scored and that was wrong.</summary>
/// <param name="Speech">Reference speech; two people at once count twice.</param>
/// <param name="Missed">Reference speakers beyond the number in the hypothesis.</param>
/// <param name="FalseAlarm">Hypothesis speakers beyond the number in the reference.</param>
/// <param name="Confusion">Speakers present in both, but the wrong ones.</param>
public readonly record struct DiarizationErrors(double Speech, double Missed, double FalseAlarm, double Confusion)
{
    /// <summary>Diarization error rate as a fraction (1 = 100 %); may exceed 1. Infinite when there was no reference speech but errors.</summary>
    public double Rate
    {
        get
        {
            var errors = Missed + FalseAlarm + Confusion;
            return errors == 0 ? 0 : errors / Speech;
        }
    }

    /// <summary>Sums the times, so that the rate is pooled.</summary>
    public static DiarizationErrors operator +(DiarizationErrors a, DiarizationErrors b) =>
        new(a.Speech + b.Speech, a.Missed + b.Missed, a.FalseAlarm + b.FalseAlarm, a.Confusion + b.Confusion);

    /// <summary>Sums the times, so that the rate is pooled.</summary>
    public static DiarizationErrors Add(DiarizationErrors left, DiarizationErrors right) => left + right;
}
