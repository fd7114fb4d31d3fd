using System.Text.Json.Serialization;
using Diarizer.Mqtt.Commands;

namespace Diarizer.Mqtt.Tests.Commands;

internal sealed record EchoData
{
    public required string Word { get; init; }

    public int? Times { get; init; }
}

internal sealed record EchoResult(string Words);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(EchoData))]
[JsonSerializable(typeof(EchoResult))]
internal sealed partial class EchoJson : JsonSerializerContext;

/// <summary>Says words again; keeps what it was asked for.</summary>
internal sealed class EchoCommand(string name = "test/echo", bool runsLong = false) : Command<EchoData, EchoResult>(name, EchoJson.Default.EchoData, EchoJson.Default.EchoResult)
{
    public List<string> Heard { get; } = [];

    /// <summary>What to wait for before the end.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public override bool RunsLong => runsLong;

    protected override async Task<EchoResult> ExecuteAsync(EchoData data, CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken);
        if (data.Word == "fault")
            throw new InvalidOperationException("secret detail");
        if (data.Word == "refuse")
            throw new UserErrorException("That word is not said here; choose another.");
        lock (Heard)
            Heard.Add(data.Word);
        return new(string.Join(' ', Enumerable.Repeat(data.Word, data.Times ?? 1)));
    }
}
