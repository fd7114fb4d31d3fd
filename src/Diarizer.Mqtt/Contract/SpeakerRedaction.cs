using System.Text.Json;
using System.Text.Json.Nodes;

namespace Diarizer.Mqtt.Contract;

/// <summary>Takes a person out of messages that wait to be sent.</summary>
/// <param name="id">Id of the person.</param>
/// <param name="name">Name of the person; null when not known.</param>
/// <param name="anonymous">The id that stands in its place, given the session.</param>
public sealed class SpeakerRedaction(string id, string? name, Func<string, string> anonymous)
{
    /// <summary>The payload without the person; unchanged when the person is not in it.</summary>
    public byte[] Redact(ReadOnlyMemory<byte> payload)
    {
        try
        {
            if (JsonNode.Parse(payload.Span) is JsonObject message && Redact(message))
                return JsonSerializer.SerializeToUtf8Bytes<JsonNode>(message);
        }
        catch (JsonException)
        {
            // No message of ours.
        }

        return payload.ToArray();
    }

    private bool Redact(JsonObject message)
    {
        var standIn = JsonValue.Create(message["session_id"]?.GetValueKind() == JsonValueKind.String ? anonymous(message["session_id"]!.GetValue<string>()) : SpeakerMessage.UnknownId);
        var changed = false;
        if (message["speaker"] is JsonObject speaker && (Is(speaker["id"], id) || (name is not null && Is(speaker["name"], name))))
        {
            if (Is(speaker["id"], id))
                speaker["id"] = standIn.DeepClone();
            speaker["name"] = null;
            speaker["enrolled"] = false;
            changed = true;
        }

        foreach (var field in (string[])["speaker", "merged_into"])
        {
            if (!Is(message[field], id))
                continue;
            message[field] = standIn.DeepClone();
            changed = true;
        }

        if (message["overlap"] is JsonArray overlap)
        {
            for (var i = 0; i < overlap.Count; i++)
            {
                if (!Is(overlap[i], id))
                    continue;
                overlap[i] = standIn.DeepClone();
                changed = true;
            }
        }

        return changed;
    }

    private static bool Is(JsonNode? node, string text) => node?.GetValueKind() == JsonValueKind.String && node.GetValue<string>() == text;
}
