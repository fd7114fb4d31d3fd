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
        ["hermes"] = () => new HermesTarget(),
        ["json"] = () => new TranscriptTarget(TranscriptFormat.Json),
        ["rtp"] = () => new RtpTarget(),
        ["rttm"] = () => new RttmTarget(),
        ["srt"] = () => new TranscriptTarget(TranscriptFormat.Srt),
        ["uem"] = () => new UemTarget(),
        ["vtt"] = () => new TranscriptTarget(TranscriptFormat.Vtt),
        ["wav"] = () => new WavTarget(),
        ["wyoming"] = () => new WyomingTarget(),
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Makers.Keys];

    /// <summary>The one of that name.</summary>
    public static IFuzzTarget Create(string name) => Makers[name]();
}
