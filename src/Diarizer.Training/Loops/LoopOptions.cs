using Diarizer.Training.Configuration;

namespace Diarizer.Training.Loops;

/// <summary>Length and rhythm of a run.</summary>
internal sealed record LoopOptions
{
    /// <summary>Optimiser steps; 1 to 100,000,000.</summary>
    public long Steps { get; init; } = 10_000;

    /// <summary>Threads that prepare batches; 1 to 64.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Steps from one validation to the next; 1 or more.</summary>
    public long ValidateEvery { get; init; } = 500;

    /// <summary>Steps from one checkpoint to the next; 1 or more.</summary>
    public long CheckpointEvery { get; init; } = 250;

    /// <summary>Largest norm of the gradient; 0 for no clipping; to 1,000.</summary>
    public double ClipGradient { get; init; } = 5;

    /// <summary>Decay of the moving average of weights that is validated and shipped; 0 (off) to 0.99999.</summary>
    public double AverageDecay { get; init; } = 0.999;

    /// <summary>
    /// Validations in a row without a better figure after which the run ends before its last step; 0 for never; to 10,000. With it, the model that is written at
    /// the end is the best one.
    /// </summary>
    public int Patience { get; init; }

    public void Validate(OptionCheck check)
    {
        check.Between("steps", Steps, 1, 100_000_000);
        check.Between("workers", Workers, 1, 64);
        check.Between("validateEvery", ValidateEvery, 1, 100_000_000);
        check.Between("checkpointEvery", CheckpointEvery, 1, 100_000_000);
        check.Between("clipGradient", ClipGradient, 0, 1_000);
        check.Between("averageDecay", AverageDecay, 0, 0.99999);
        check.Between("patience", Patience, 0, 10_000);
    }
}
