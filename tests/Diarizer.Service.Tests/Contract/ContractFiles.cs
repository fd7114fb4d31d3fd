using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Diarizer.Mqtt.Commands;
using Diarizer.Mqtt.Contract;
using Diarizer.Mqtt.HomeAssistant;
using Diarizer.Service.Control;

namespace Diarizer.Service.Tests.Contract;

/// <summary>The files that describe the contract, made from the records and topics of the source: docs/asyncapi.yaml and docs/schemas.</summary>
internal static class ContractFiles
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The commands of a node; they are only asked for their names and records.</summary>
    public static CommandRegistry Commands => NodeCommands.For(null!, null!, null!, null!).AddSpeakers(null!, null!, null!, null!, null!);

    /// <summary>Path below docs and content of every file.</summary>
    public static IEnumerable<(string Path, string Content)> All()
    {
        yield return ("schemas/turn.json", Sent(ContractJson.Default.TurnMessage));
        yield return ("schemas/state.json", Sent(ContractJson.Default.StateMessage));
        yield return ("schemas/speakers.json", Sent(ContractJson.Default.SpeakersMessage));
        yield return ("schemas/info.json", Sent(ContractJson.Default.InfoMessage));
        yield return ("schemas/health.json", Sent(ContractJson.Default.HealthMessage));
        yield return ("schemas/event.json", Sent(ContractJson.Default.EventMessage));
        yield return ("schemas/home-assistant.json", Text(RecordSchemas.OfTaken(DiscoveryJson.Default.DiscoveryMessage)));
        yield return ("schemas/commands.json", Text(CommandSchemas()));
        yield return ("asyncapi.yaml", AsyncApiDocument.Of(ContractChannel.All(Commands)));
    }

    private static string Sent(JsonTypeInfo type) => Text(RecordSchemas.OfSent(type));

    private static JsonObject CommandSchemas()
    {
        var definitions = new JsonObject { ["response"] = RecordSchemas.OfSent(CommandJson.Default.CommandResponse) };
        foreach (var command in Commands.All)
        {
            var key = ContractChannel.KeyOf(command.Name);
            definitions[$"{key}_request"] = Envelope(RecordSchemas.OfTaken(CommandJson.Default.CommandRequest), RecordSchemas.OfTaken(command.DataType!), isTaken: true);
            definitions[$"{key}_response"] = Envelope(RecordSchemas.OfSent(CommandJson.Default.CommandResponse), RecordSchemas.OfSent(command.ResultType!), isTaken: false);
        }

        return new() { ["description"] = "Requests and responses of all commands; `response` is what all responses have in common.", ["definitions"] = definitions };
    }

    private static JsonObject Envelope(JsonObject envelope, JsonObject data, bool isTaken)
    {
        envelope["properties"]!["data"] = data;
        // Data may be left out when nothing in it is needed, and is null in a response after an error.
        if (isTaken && data.ContainsKey("required"))
            envelope["required"] = new JsonArray("data");
        else
            data["type"] = new JsonArray("object", "null");
        return envelope;
    }

    private static string Text(JsonObject schema)
    {
        schema.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        return schema.ToJsonString(Readable) + "\n";
    }
}
