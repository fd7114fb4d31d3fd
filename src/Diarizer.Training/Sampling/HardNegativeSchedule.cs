using Diarizer.Training.Configuration;

namespace Diarizer.Training.Sampling;

/// <summary>Which of the other speakers' crops becomes the negative of a triplet.</summary>
internal enum NegativeChoice
{
    /// <summary>Any.</summary>
    Random,

    /// <summary>Any that is less similar than the positive by less than the margin; any at all where there is none.</summary>
    SemiHard,

    /// <summary>One of the most similar.</summary>
    Hard,
}

/// <summary>A stage of curriculum hard negative mining (CHNM, Chung et al. 2020).</summary>
internal sealed record MiningStage
{
    /// <summary>The step at which the stage begins; 0 to 100,000,000.</summary>
    public long FromStep { get; init; }

    public NegativeChoice Negatives { get; init; }

    /// <summary>Probability that an anchor gets such a negative instead of a random one; 0 to 1.</summary>
    public double Share { get; init; } = 1;

    /// <summary>Hard negatives are drawn from this rank by similarity and those before it; 0, the most similar alone, to 10,000.</summary>
    public int Rank { get; init; }

    public void Validate(OptionCheck check)
    {
        check.Between("fromStep", FromStep, 0, 100_000_000);
        check.Between("share", Share, 0, 1);
        check.Between("rank", Rank, 0, 10_000);
    }
}

/// <summary>Which negatives are taken at which step: random ones before the first stage.</summary>
internal sealed class HardNegativeSchedule(params IReadOnlyList<MiningStage> stages)
{
    private static readonly MiningStage _random = new();

    /// <summary>The stage of a step.</summary>
    public MiningStage At(long step) => stages.LastOrDefault(stage => stage.FromStep <= step) ?? _random;
}
