using Diarizer.Training.Configuration;

namespace Diarizer.Training.Sampling;

/// <summary>
/// Deep Speaker's selection of triplets: every step embeds a batch of candidates (<see cref="SamplingOptions.Speakers"/> speakers with
/// <see cref="SamplingOptions.CropsPerSpeaker"/> crops each) and trains on hard triplets from the tables of the last steps.
/// </summary>
internal sealed record SelectBatchOptions
{
    /// <summary>Anchors of a step; 1 to 1,000.</summary>
    public int Anchors { get; init; } = 16;

    /// <summary>Triplets of each anchor: its most similar negatives, its least similar positives; 1 to 100.</summary>
    public int PerAnchor { get; init; } = 2;

    /// <summary>Tables of candidates kept, the newest included; 1 to 1,000.</summary>
    public int Tables { get; init; } = 20;

    /// <summary>Steps that take random triplets of the step's candidates instead; 0 to 100,000,000.</summary>
    public long RandomUntil { get; init; }

    public void Validate(OptionCheck check)
    {
        check.Between("anchors", Anchors, 1, 1_000);
        check.Between("perAnchor", PerAnchor, 1, 100);
        check.Between("tables", Tables, 1, 1_000);
        check.Between("randomUntil", RandomUntil, 0, 100_000_000);
    }
}
