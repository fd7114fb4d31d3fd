using Diarizer.Streaming.Scoring;

namespace Diarizer.Service.Tuning;

/// <summary>What a search makes as small as it can.</summary>
internal enum Objective
{
    /// <summary>The DER of the turns as first decided.</summary>
    Live,

    /// <summary>The DER after all corrections.</summary>
    Corrected,

    /// <summary>The mean of both.</summary>
    Both,
}

/// <summary>Errors of one recording at some settings; they add up over recordings.</summary>
/// <param name="Live">Of the turns as first decided.</param>
/// <param name="Corrected">After all corrections.</param>
internal readonly record struct RecordingScore(DiarizationErrors Live, DiarizationErrors Corrected)
{
    public static RecordingScore operator +(RecordingScore a, RecordingScore b) => new(a.Live + b.Live, a.Corrected + b.Corrected);

    /// <summary>The pooled error rate, as a fraction.</summary>
    public double Rate(Objective objective) => objective switch
    {
        Objective.Live => Live.Rate,
        Objective.Corrected => Corrected.Rate,
        _ => (Live.Rate + Corrected.Rate) / 2,
    };
}
