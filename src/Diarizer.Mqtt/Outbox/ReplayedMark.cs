using System.Text.Json;
using System.Text.Json.Nodes;

namespace Diarizer.Mqtt.Outbox;

/// <summary>Says in an event that it comes from the record.</summary>
internal static class ReplayedMark
{
    private const string Key = "replayed";

    /// <summary>The payload with <c>"replayed":true</c>; unchanged when it is no JSON object with that key.</summary>
    public static ReadOnlyMemory<byte> Set(ReadOnlyMemory<byte> payload)
    {
        try
        {
            if (JsonNode.Parse(payload.Span) is not JsonObject json || !json.ContainsKey(Key))
                return payload;
            json[Key] = true;
            return JsonSerializer.SerializeToUtf8Bytes<JsonNode>(json);
        }
        catch (JsonException)
        {
            return payload;
        }
    }
}
