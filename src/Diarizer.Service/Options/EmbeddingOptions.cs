namespace Diarizer.Service.Options;

/// <summary>How windows of several streams are embedded together.</summary>
public sealed record EmbeddingOptions
{
    /// <summary>The most windows in one network call on a GPU, 1 to 512.</summary>
    public int MaxBatch { get; init; } = 32;

    /// <summary>How long the first window of a batch waits for others on a GPU, 0 to 100 ms. The CPU never waits.</summary>
    public double DeadlineMs { get; init; } = 8;

    /// <summary>Windows embedded at the same time on the CPU, 1 to 64; 0: as many as there are streams and cores.</summary>
    public int Workers { get; init; }

    /// <summary>All that is wrong, one sentence each.</summary>
    /// <param name="path">The configuration key of this record.</param>
    public IEnumerable<string> Validate(string path)
    {
        if (MaxBatch is < 1 or > 512)
            yield return $"{path}:MaxBatch is {MaxBatch}; it must be from 1 to 512.";
        if (DeadlineMs is not (>= 0 and <= 100))
            yield return $"{path}:DeadlineMs is {DeadlineMs}; it must be from 0 to 100.";
        if (Workers is < 0 or > 64)
            yield return $"{path}:Workers is {Workers}; it must be from 0 to 64.";
    }
}
