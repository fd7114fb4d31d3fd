using System.Text.Json;
using System.Text.Json.Nodes;

namespace Diarizer.Mqtt.Contract;

/// <summary>Takes a person out of messages that wait to be sent or are retained.</summary>
/// <param name="id">Id of the person.</param>
/// <param name="name">Name of the person; null when not known.</param>
/// <param name="anonymous">The id that stands in its place, given the session.</param>
public sealed class SpeakerRedaction(string id, string? name, Func<string, string> anonymous)
{
    /// <summary>The payload without the person; unchanged when the person is not in it.</summary>
    public byte[] Redact(ReadOnlyMemory<byte> payload) => Change(payload, Redact);

    /// <summary>A retained message with the new name of a speaker; unchanged when the speaker is not in it.</summary>
    public static byte[] Rename(ReadOnlyMemory<byte> payload, string id, string name) => Change(payload, message =>
    {
        var changed = false;
        foreach (var speaker in People(message).Where(s => Is(s["id"], id)))
        {
            speaker["name"] = name;
            changed = true;
        }

        foreach (var (_, names, i) in Active(message, id))
        {
            names[i] = name;
            changed = true;
        }

        return changed;
    });

    private static byte[] Change(ReadOnlyMemory<byte> payload, Func<JsonObject, bool> change)
    {
        try
        {
            if (JsonNode.Parse(payload.Span) is JsonObject message && change(message))
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
        var standIn = message["session_id"] is JsonValue session && session.GetValueKind() == JsonValueKind.String ? anonymous(session.GetValue<string>()) : SpeakerMessage.UnknownId;
        var changed = false;
        foreach (var speaker in People(message).Where(s => Is(s["id"], id) || (name is not null && Is(s["name"], name))))
        {
            if (Is(speaker["id"], id))
                speaker["id"] = standIn;
            (speaker["name"], speaker["enrolled"]) = (null, false);
            changed = true;
        }

        foreach (var (active, names, i) in Active(message, id))
        {
            (active[i], names[i]) = (standIn, null);
            changed = true;
        }

        foreach (var field in (string[])["speaker", "merged_into"])
        {
            if (!Is(message[field], id))
                continue;
            message[field] = standIn;
            changed = true;
        }

        if (message["overlap"] is not JsonArray overlap)
            return changed;
        for (var i = 0; i < overlap.Count; i++)
        {
            if (!Is(overlap[i], id))
                continue;
            overlap[i] = standIn;
            changed = true;
        }

        return changed;
    }

    // Whom a turn or a list of speakers is about.
    private static IEnumerable<JsonObject> People(JsonObject message) =>
        message["speaker"] is JsonObject one ? [one] : message["speakers"] is JsonArray several ? several.OfType<JsonObject>() : [];

    // Where a state names somebody.
    private static IEnumerable<(JsonArray Active, JsonArray Names, int Index)> Active(JsonObject message, string id)
    {
        if (message["active"] is not JsonArray active || message["names"] is not JsonArray names || active.Count != names.Count)
            yield break;
        for (var i = 0; i < active.Count; i++)
        {
            if (Is(active[i], id))
                yield return (active, names, i);
        }
    }

    private static bool Is(JsonNode? node, string text) => node?.GetValueKind() == JsonValueKind.String && node.GetValue<string>() == text;
}
