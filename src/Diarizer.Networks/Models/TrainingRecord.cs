namespace Diarizer.Networks.Models;

/// <summary>How a model was trained.</summary>
public sealed record TrainingRecord
{
    /// <summary>Path of the configuration in the repository.</summary>
    public string Config { get; init; } = "";

    /// <summary>The data, in words.</summary>
    public string Data { get; init; } = "";

    /// <summary>Seed of all random draws.</summary>
    public long Seed { get; init; }

    /// <summary>Optimiser steps taken.</summary>
    public long Steps { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>The command that made it.</summary>
    public string Command { get; init; } = "";
}

/// <summary>A measured figure.</summary>
/// <param name="Value">The value.</param>
/// <param name="Measured">On what data and how.</param>
public sealed record ModelFigure(double Value, string Measured);
