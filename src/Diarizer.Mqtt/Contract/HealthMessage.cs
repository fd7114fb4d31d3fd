namespace Diarizer.Mqtt.Contract;

/// <summary>How a node is doing.</summary>
public sealed record HealthMessage
{
    /// <summary>Version of this contract.</summary>
    public string Schema { get; init; } = ContractVersion.Current;

    /// <summary>Seconds since the start.</summary>
    public required long Uptime { get; init; }

    /// <summary>Processing time per time of audio, over all streams; above 1 the node falls behind.</summary>
    public required double Rtf { get; init; }

    /// <summary>95th percentile of the time from capture to event, milliseconds.</summary>
    public required double LagP95Ms { get; init; }

    /// <summary>Overruns of capture since the start.</summary>
    public required long Xruns { get; init; }

    /// <summary>Gaps in the audio since the start.</summary>
    public required long Gaps { get; init; }

    /// <summary>Events that wait for the broker.</summary>
    public required int OutboxDepth { get; init; }

    /// <summary>Resident memory, bytes.</summary>
    public required long Rss { get; init; }

    /// <summary>Memory in use on the GPU, bytes; null without one.</summary>
    public long? GpuMem { get; init; }

    /// <summary>What does not work as it should, one short sentence each; empty when all is well.</summary>
    public required IReadOnlyList<string> Degraded { get; init; }
}
