using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Diarizer.Mqtt.Commands;
using Diarizer.Mqtt.Contract;
using Diarizer.Service.Control;

namespace Diarizer.Service.Tests.Contract;

/// <summary>JSON Schemas of the records of the contract, with descriptions from their documentation comments and bounds that types cannot say.</summary>
internal static class RecordSchemas
{
    // Everything else that is a number counts or measures something and is not below 0.
    private static readonly HashSet<(Type, string)> MayBeNegative =
        [(typeof(EventMessage), "length_ms"), (typeof(LabelTurn), "start"), (typeof(LabelTurn), "end")];

    private static readonly Dictionary<(Type, string), (string Keyword, JsonNode Value)[]> Rules = new()
    {
        [(typeof(SpeakerMessage), "confidence")] = [("maximum", 1)],
        [(typeof(TurnMessage), "seq")] = [("minimum", 1)],
        [(typeof(StateMessage), "names")] = [("items", new JsonObject { ["type"] = new JsonArray("string", "null") })],
        [(typeof(ModelInfo), "sha256")] = [("pattern", "^[0-9a-f]{64}$")],
        [(typeof(CommandRequest), "transaction")] = [("type", new JsonArray("string", "number", "null")), ("maxLength", 256)],
        [(typeof(CommandResponse), "transaction")] = [("type", new JsonArray("string", "number", "null"))],
    };

    /// <summary>Of a record that the node sends: every field is there, and there may be more in later versions.</summary>
    public static JsonObject OfSent(JsonTypeInfo type) => Export(type, isSent: true);

    /// <summary>Of a record that the node takes: fields that it does not know are refused.</summary>
    public static JsonObject OfTaken(JsonTypeInfo type) => Export(type, isSent: false);

    private static JsonObject Export(JsonTypeInfo type, bool isSent) => (JsonObject)type.GetJsonSchemaAsNode(new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, node) => Describe(context, node as JsonObject ?? [], isSent),
    });

    private static JsonObject Describe(JsonSchemaExporterContext context, JsonObject schema, bool isSent)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type);
        if ((type ?? context.TypeInfo.Type) == typeof(DateTimeOffset))
            schema = new() { ["type"] = type is null ? "string" : new JsonArray("string", "null"), ["format"] = "date-time" };
        if (isSent && schema["properties"] is JsonObject properties)
        {
            schema["required"] = new JsonArray([.. properties.Select(p => (JsonNode)p.Key)]);
            schema.Remove("additionalProperties");
        }

        var description = context.PropertyInfo is { } property ? Bound(property, schema) : XmlDescriptions.Of(type ?? context.TypeInfo.Type);
        if (description is not null)
            schema.Insert(0, "description", description);
        return schema;
    }

    private static string? Bound(JsonPropertyInfo property, JsonObject schema)
    {
        var key = (property.DeclaringType, property.Name);
        if (schema["type"]?.ToJsonString() is { } kind && (kind.Contains("\"integer\"", StringComparison.Ordinal) || kind.Contains("\"number\"", StringComparison.Ordinal)) && !MayBeNegative.Contains(key))
            schema["minimum"] = 0;
        if (property.Name == "schema")
            schema["pattern"] = $"^{ContractVersion.Current.Split('.')[0]}\\.[0-9]+$";
        foreach (var (keyword, value) in Rules.GetValueOrDefault(key) ?? [])
            schema[keyword] = value.DeepClone();
        return property.AttributeProvider is MemberInfo member ? XmlDescriptions.Of(member) : null;
    }
}
