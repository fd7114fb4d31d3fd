namespace Diarizer.Streaming.Transcripts;

/// <summary>Names of the formats, as options and messages have them; each is also the usual ending of a file.</summary>
public static class TranscriptFormats
{
    /// <summary>All of them, for messages.</summary>
    public const string Names = "srt, vtt, json or ctm";

    /// <summary>The format of that name, in any case; null when there is none.</summary>
    public static TranscriptFormat? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.ToUpperInvariant() switch
        {
            "SRT" => TranscriptFormat.Srt,
            "VTT" => TranscriptFormat.Vtt,
            "JSON" => TranscriptFormat.Json,
            "CTM" => TranscriptFormat.Ctm,
            _ => null,
        };
    }
}
