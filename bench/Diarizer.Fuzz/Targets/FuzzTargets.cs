using Diarizer.Streaming.Transcripts;

namespace Diarizer.Fuzz.Targets;

/// <summary>Everything that is fuzzed.</summary>
public static class FuzzTargets
{
    private static readonly SortedDictionary<string, Func<IFuzzTarget>> Makers = new(StringComparer.Ordinal)
    {
        ["commands"] = () => new CommandTarget(),
        ["configuration"] = () => new ConfigurationTarget(),
        ["ctm"] = () => new TranscriptTarget(TranscriptFormat.Ctm),
        ["json"] = () => new TranscriptTarget(TranscriptFormat.Json),
        ["rttm"] = () => new RttmTarget(),
        ["srt"] = () => new TranscriptTarget(TranscriptFormat.Srt),
        ["uem"] = () => new UemTarget(),
        ["vtt"] = () => new TranscriptTarget(TranscriptFormat.Vtt),
        ["wav"] = () => new WavTarget(),
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Makers.Keys];

    /// <summary>The one of that name.</summary>
    public static IFuzzTarget Create(string name) => Makers[name]();
}
