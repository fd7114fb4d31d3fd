using System.Text.Json;
using System.Text.Json.Serialization;

namespace Diarizer.Service.Control;

/// <summary>What <c>transcript/label</c> is asked: a transcript in one of three forms, and whose turns to put into it.</summary>
public sealed record LabelRequest
{
    /// <summary>Words: a list of <c>{word, start, end}</c>, times in seconds; other fields come back as they are.</summary>
    public JsonElement Words { get; init; }

    /// <summary>Lines: a list of <c>{text, start, end}</c>, each with or without <c>words</c>; a line is split where the speaker changes.</summary>
    public JsonElement Lines { get; init; }

    /// <summary>A file as text, in any format that <c>diarizer label</c> reads.</summary>
    public string? Transcript { get; init; }

    /// <summary>Format of <see cref="Transcript"/>: srt, vtt, json or ctm; told from its content when left out.</summary>
    public string? Format { get; init; }

    /// <summary>The stream whose latest session was transcribed; may be left out when there is only one.</summary>
    public string? Stream { get; init; }

    /// <summary>UTC of the transcript's time 0; the start of the session when left out.</summary>
    public DateTimeOffset? Zero { get; init; }

    /// <summary>Turns to use instead of those of a stream, on the transcript's times.</summary>
    public IReadOnlyList<LabelTurn>? Turns { get; init; }

    /// <summary>How to label; the defaults are those of <c>diarizer label</c>.</summary>
    public LabelSettings? Options { get; init; }
}

/// <summary>A turn in a request.</summary>
public sealed record LabelTurn
{
    /// <summary>Who speaks.</summary>
    public required string Speaker { get; init; }

    /// <summary>Seconds.</summary>
    public required double Start { get; init; }

    /// <summary>Seconds, after <see cref="Start"/>.</summary>
    public required double End { get; init; }
}

/// <summary>How to label; see <see cref="Diarizer.Streaming.Transcripts.LabelOptions"/>.</summary>
public sealed record LabelSettings
{
    /// <summary>Seconds to the nearest turn.</summary>
    public double? Nearest { get; init; }

    /// <summary>Seconds of another speaker within one word.</summary>
    public double? Jitter { get; init; }

    /// <summary>Seconds to the end of a sentence.</summary>
    public double? SentenceEnd { get; init; }

    /// <summary>Label of nobody.</summary>
    public string? Unknown { get; init; }

    /// <summary>Whether to split.</summary>
    public bool? Split { get; init; }
}

/// <summary>The same with speakers, in the form of the request; the other forms are null.</summary>
public sealed record LabelResult
{
    /// <summary>The words, each with <c>speaker</c>.</summary>
    public JsonElement? Words { get; init; }

    /// <summary>The lines, each with <c>speaker</c>.</summary>
    public JsonElement? Lines { get; init; }

    /// <summary>The file.</summary>
    public string? Transcript { get; init; }

    /// <summary>The session whose turns were used; null for turns of the request.</summary>
    public string? SessionId { get; init; }

    /// <summary>Lines or cues that were read.</summary>
    public required int Cues { get; init; }

    /// <summary>How many more there are now.</summary>
    public required int Splits { get; init; }

    /// <summary>Words for which a speaker was found.</summary>
    public required int Labelled { get; init; }

    /// <summary>Words for which none was found.</summary>
    public required int Unknown { get; init; }
}

/// <summary>Serialization of <c>transcript/label</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(LabelRequest))]
[JsonSerializable(typeof(LabelResult))]
public sealed partial class LabelJson : JsonSerializerContext;
