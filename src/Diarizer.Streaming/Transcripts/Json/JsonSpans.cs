using System.Text;
using System.Text.Json;

namespace Diarizer.Streaming.Transcripts.Json;

/// <summary>A value as it stands in the file: its bytes from <paramref name="Start"/> up to <paramref name="End"/>.</summary>
internal readonly record struct JsonSpan(int Start, int End, JsonTokenType Type);

/// <summary>A member of an object: its name, where the name is written (with its quotes), and its value.</summary>
internal readonly record struct JsonMember(string Name, int NameStart, int NameEnd, JsonSpan Value);

/// <summary>Finds values in JSON without reading them, so that all that is not changed stays as it is written.</summary>
internal static class JsonSpans
{
    /// <summary>The root of a document.</summary>
    /// <exception cref="UserErrorException">It is not JSON.</exception>
    public static JsonSpan Root(TranscriptText text, ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            var (start, type) = ((int)reader.TokenStartIndex, reader.TokenType);
            reader.Skip();
            var end = (int)reader.BytesConsumed;
            // What follows the root is an error too.
            while (reader.Read())
                continue;
            return new JsonSpan(start, end, type);
        }
        catch (JsonException e)
        {
            var line = (int)(e.LineNumber ?? 0) + 1;
            var reason = TranscriptText.Clip(e.Message.Split(" LineNumber:")[0].TrimEnd('.'));
            throw text.Error(line, $"this is not JSON ({reason}); let the program that wrote it write it again, and note that NaN and Infinity are no JSON.");
        }
    }

    /// <summary>The members of an object.</summary>
    public static List<JsonMember> Members(ReadOnlySpan<byte> json, JsonSpan value)
    {
        var members = new List<JsonMember>();
        var reader = new Utf8JsonReader(json[value.Start..value.End]);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // Names that we look for have no escapes; one that has is not among them.
            var name = reader.ValueIsEscaped ? "" : Encoding.UTF8.GetString(reader.ValueSpan);
            var start = value.Start + (int)reader.TokenStartIndex;
            var end = start + reader.ValueSpan.Length + 2;
            reader.Read();
            members.Add(new JsonMember(name, start, end, Whole(ref reader, value.Start)));
        }

        return members;
    }

    /// <summary>The elements of an array.</summary>
    public static List<JsonSpan> Elements(ReadOnlySpan<byte> json, JsonSpan value)
    {
        var elements = new List<JsonSpan>();
        var reader = new Utf8JsonReader(json[value.Start..value.End]);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            elements.Add(Whole(ref reader, value.Start));
        return elements;
    }

    /// <summary>The value of the last member of that name, as most readers take it; null if there is none or it is null.</summary>
    public static JsonSpan? Find(List<JsonMember> members, string name)
    {
        var index = members.FindLastIndex(m => m.Name == name);
        return index < 0 || members[index].Value.Type == JsonTokenType.Null ? null : members[index].Value;
    }

    private static JsonSpan Whole(ref Utf8JsonReader reader, int offset)
    {
        var (start, type) = (offset + (int)reader.TokenStartIndex, reader.TokenType);
        reader.Skip();
        return new JsonSpan(start, offset + (int)reader.BytesConsumed, type);
    }
}
