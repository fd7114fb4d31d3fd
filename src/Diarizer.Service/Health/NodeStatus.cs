using System.Text.Json.Serialization;

namespace Diarizer.Service.Health;

/// <summary>How the daemon is doing at one moment, as <c>/api/status</c> and <c>diarizer status --json</c> tell it.</summary>
public sealed record NodeStatus
{
    /// <summary>What it is called, to tell its answer from that of another program on the same port.</summary>
    public const string ProductName = "diarizer";

    /// <summary>Always <see cref="ProductName"/>.</summary>
    public string Product { get; init; } = ProductName;

    /// <summary>The whole in one word.</summary>
    public required NodeState State { get; init; }

    /// <summary>Version of the daemon.</summary>
    public required string Version { get; init; }

    /// <summary>Name of the node in topics.</summary>
    public required string Node { get; init; }

    /// <summary>The run of the daemon; the same in turn events.</summary>
    public required string BootId { get; init; }

    /// <summary>Seconds since the start.</summary>
    public required long UptimeS { get; init; }

    /// <summary><c>cpu</c> or <c>cuda</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Resident memory, bytes.</summary>
    public required long Rss { get; init; }

    /// <summary>The rooms, in order of name.</summary>
    public required IReadOnlyList<RoomStatus> Streams { get; init; }

    /// <summary>The way to subscribers.</summary>
    public required BrokerStatus Broker { get; init; }

    /// <summary>What does not work as it should, one short sentence each; empty when all is well.</summary>
    public required IReadOnlyList<string> Degraded { get; init; }
}

/// <summary>How a room is doing.</summary>
public sealed record RoomStatus
{
    /// <summary>Name of the stream.</summary>
    public required string Name { get; init; }

    /// <summary><c>online</c>, <c>muted</c>, <c>degraded</c> or <c>offline</c>, as on its MQTT topic.</summary>
    public required string Status { get; init; }

    /// <summary>Processing time for each second of audio.</summary>
    public required double Rtf { get; init; }

    /// <summary>95th percentile of the time from capture to event, milliseconds.</summary>
    public required double LagP95Ms { get; init; }

    /// <summary>Audio heard so far, seconds.</summary>
    public required double AudioS { get; init; }

    /// <summary>Gaps in the audio, and what they amount to in seconds, audio dropped because processing was late included.</summary>
    public required long Gaps { get; init; }

    /// <summary>See <see cref="Gaps"/>.</summary>
    public required double LostS { get; init; }

    /// <summary>Times the capture device's buffer ran over.</summary>
    public required long Overruns { get; init; }

    /// <summary>Seconds since something was processed last.</summary>
    public required double IdleS { get; init; }
}

/// <summary>How the way to subscribers is doing.</summary>
public sealed record BrokerStatus
{
    /// <summary>Host and port.</summary>
    public required string Address { get; init; }

    /// <summary>True for the broker that the daemon started itself.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>Whether it has us as online.</summary>
    public required bool IsConnected { get; init; }

    /// <summary>Events that it has not acknowledged.</summary>
    public required int OutboxDepth { get; init; }

    /// <summary>Events dropped since the start.</summary>
    public required long Dropped { get; init; }
}

/// <summary>How the daemon is doing, in one word.</summary>
public enum NodeState
{
    /// <summary>It listens and all is well.</summary>
    [JsonStringEnumMemberName("ready")]
    Ready,

    /// <summary>It listens, and something does not work as it should.</summary>
    [JsonStringEnumMemberName("degraded")]
    Degraded,

    /// <summary>No room is listened to: it starts, stops, or all sources have failed.</summary>
    [JsonStringEnumMemberName("not_ready")]
    NotReady,
}

/// <summary>Serialization of the status.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(NodeStatus))]
internal sealed partial class StatusJson : JsonSerializerContext;
