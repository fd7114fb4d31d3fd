using Diarizer.Training.Configuration;

namespace Diarizer.Training.Optimisation;

internal enum OptimiserKind
{
    Adam,
    AdamW,
}

internal enum ScheduleKind
{
    /// <summary>Half a cosine from the peak to the floor at the run's end.</summary>
    Cosine,

    /// <summary>Multiplied by a factor every so many steps.</summary>
    Stepwise,

    Constant,
}

/// <summary>How weights are updated.</summary>
internal sealed record OptimiserOptions
{
    public OptimiserKind Kind { get; init; } = OptimiserKind.AdamW;

    /// <summary>Peak learning rate; above 0 to 1.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Weight decay of matrices and filters (not of biases and normalisation); 0 to 1.</summary>
    public double WeightDecay { get; init; } = 1e-4;

    public ScheduleKind Schedule { get; init; } = ScheduleKind.Cosine;

    /// <summary>Steps of linear warm-up; 0 or more.</summary>
    public long WarmUp { get; init; } = 500;

    /// <summary>Share of the peak at the end of the cosine; 0 to 1.</summary>
    public double Floor { get; init; } = 0.01;

    /// <summary>Factor of the stepwise schedule; 0.01 to 1.</summary>
    public double Factor { get; init; } = 0.95;

    /// <summary>Steps from one factor to the next; 1 or more.</summary>
    public long FactorEvery { get; init; } = 1_000;

    public void Validate(OptionCheck check)
    {
        check.Require(LearningRate is > 0 and <= 1, "learningRate", LearningRate, "above 0 to 1");
        check.Between("weightDecay", WeightDecay, 0, 1);
        check.Between("warmUp", WarmUp, 0, 10_000_000);
        check.Between("floor", Floor, 0, 1);
        check.Between("factor", Factor, 0.01, 1);
        check.Between("factorEvery", FactorEvery, 1, 10_000_000);
    }

    /// <summary>The learning rate of a step in a run of <paramref name="steps"/>.</summary>
    public double RateAt(long step, long steps)
    {
        double warm = WarmUp == 0 ? 1 : Math.Min(1, (step + 1) / (double)WarmUp);
        return LearningRate * warm * Schedule switch
        {
            ScheduleKind.Cosine => Floor + (1 - Floor) * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, step / (double)steps))),
            ScheduleKind.Stepwise => Math.Pow(Factor, step / FactorEvery),
            _ => 1,
        };
    }
}
