using System.Text;
using System.Text.Encodings.Web;

namespace Diarizer.Streaming.Transcripts.Json;

/// <summary>Writes <c>"speaker"</c> into an object: in place of the one it has, else as its last member, with the blanks that its members have.</summary>
internal static class SpeakerMember
{
    private const string Name = "speaker";

    /// <summary>Adds the edit; null writes nothing.</summary>
    public static void Set(byte[] json, JsonSpan value, string? label, Edits<byte> edits)
    {
        if (label is null)
            return;
        var text = $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(label)}\"";
        var members = JsonSpans.Members(json, value);
        if (members.FindLastIndex(m => m.Name == Name) is >= 0 and var index)
        {
            edits.Replace(members[index].Value.Start, members[index].Value.End, Encoding.UTF8.GetBytes(text));
            return;
        }

        var last = members[^1];
        var before = last.NameStart;
        while (json[before - 1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            before--;
        var indent = Encoding.UTF8.GetString(json, before, last.NameStart - before);
        // A first member that stands close to its brace says nothing about what follows a comma.
        var separator = members.Count > 1 || indent.Length > 0 ? indent : " ";
        var colon = Encoding.UTF8.GetString(json, last.NameEnd, last.Value.Start - last.NameEnd);
        edits.Replace(last.Value.End, last.Value.End, Encoding.UTF8.GetBytes($",{separator}\"{Name}\"{colon}{text}"));
    }
}
