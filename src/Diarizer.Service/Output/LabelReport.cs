using System.Text;
using System.Text.Json;
using Diarizer.Streaming.Transcripts;

namespace Diarizer.Service.Output;

/// <summary>Says what labelling a transcript did: a few lines for people, or a JSON object.</summary>
public static class LabelReport
{
    /// <summary>Writes the report.</summary>
    public static void Write(TextWriter writer, LabelSummary summary, string output, bool json)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(summary);
        if (json)
        {
            writer.WriteLine(ToJson(summary, output));
            return;
        }

        var cues = summary.Cues > 0 ? $"{summary.Cues} cues, split {summary.Splits} times; " : "";
        writer.WriteLine($"{output}: {cues}{summary.Words} words, {summary.Unknown} of unknown speakers");
        var width = summary.Speakers.Select(s => s.Key.Length).DefaultIfEmpty().Max();
        foreach (var (name, words) in summary.Speakers)
            writer.WriteLine($"  {name.PadRight(width)}  {words,6} words");
    }

    private static string ToJson(LabelSummary summary, string output)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("output", output);
            writer.WriteString("format", summary.Format.ToString().ToLowerInvariant());
            writer.WriteNumber("cues", summary.Cues);
            writer.WriteNumber("splits", summary.Splits);
            writer.WriteNumber("words", summary.Words);
            writer.WriteNumber("labelled", summary.Labelled);
            writer.WriteNumber("unknown", summary.Unknown);
            writer.WriteStartArray("speakers");
            foreach (var (name, words) in summary.Speakers)
            {
                writer.WriteStartObject();
                writer.WriteString("name", name);
                writer.WriteNumber("words", words);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
