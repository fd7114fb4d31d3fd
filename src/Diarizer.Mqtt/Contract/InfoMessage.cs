using System.Text.Json;

namespace Diarizer.Mqtt.Contract;

/// <summary>What runs on a node.</summary>
public sealed record InfoMessage
{
    /// <summary>Version of this contract.</summary>
    public string Schema { get; init; } = ContractVersion.Current;

    /// <summary>Version of the daemon.</summary>
    public required string Version { get; init; }

    /// <summary>Identifies the run of the daemon.</summary>
    public required string BootId { get; init; }

    /// <summary>The models in use.</summary>
    public required IReadOnlyList<ModelInfo> Models { get; init; }

    /// <summary>Names of the streams.</summary>
    public required IReadOnlyList<string> Streams { get; init; }

    /// <summary>The configuration in effect, secrets removed; null when not published.</summary>
    public JsonElement? Configuration { get; init; }
}

/// <summary>A model in use.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Sha256">SHA-256 of the weights file, hexadecimal.</param>
public sealed record ModelInfo(string Name, string Sha256);
