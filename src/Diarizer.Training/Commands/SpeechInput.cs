using System.CommandLine;
using Diarizer.Features;
using Diarizer.Training.Data;
using Diarizer.Training.Data.Audio;
using Diarizer.Training.Data.Sources;

namespace Diarizer.Training.Commands;

/// <summary>The options by which utterances are named and read.</summary>
internal sealed class SpeechInput
{
    private readonly Option<string> _manifest = new("--manifest") { Description = "TSV of utterances (utterance speaker corpus split session file start_s duration_s), folder of speakers, or Kaldi data directory", Required = true };
    private readonly Option<SourceKind> _kind = new("--kind") { Description = "What --manifest is: Auto, Manifest, Folders or Kaldi", DefaultValueFactory = _ => SourceKind.Auto };
    private readonly Option<string?> _split = new("--split") { Description = "Only the utterances of this split" };
    private readonly Option<bool> _silence = new("--remove-silence") { Description = "Takes the silence out of every utterance, as data.removeSilence does in training" };
    private readonly Option<string> _cache = CommonOptions.Cache();
    private readonly Option<int> _threads = CommonOptions.Threads();

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _manifest, _kind, _split, _silence, _cache, _threads })
            command.Options.Add(option);
    }

    /// <summary>The utterances that the options name.</summary>
    /// <exception cref="UserErrorException">An option or the manifest is of no use.</exception>
    public SpeechSource Open(ParseResult parsed, CancellationToken cancellation)
    {
        CommonOptions.Apply(parsed.GetValue(_threads));
        return Open(parsed, null, parsed.GetValue(_split), cancellation);
    }

    /// <summary>Other utterances: of another split, or from elsewhere.</summary>
    /// <param name="path">A manifest, folder of speakers or Kaldi directory; null for that of the options.</param>
    /// <param name="split">Null for all splits.</param>
    /// <exception cref="UserErrorException">The source is of no use or has no such utterance.</exception>
    public SpeechSource Open(ParseResult parsed, string? path, string? split, CancellationToken cancellation)
    {
        var cache = new PcmCache(parsed.GetValue(_cache)!);
        var source = new UtteranceSources(cache, Console.Error.WriteLine, cancellation).Open(path ?? parsed.GetValue(_manifest)!, path is null ? parsed.GetValue(_kind) : SourceKind.Auto);
        var utterances = source.Read(split).ToList();
        if (utterances.Count == 0)
            throw new UserErrorException(split is null ? "The manifest holds no utterance." : $"The manifest holds no utterance of split '{split}'; give another --split.");
        return new SpeechSource(utterances, cache) { RemoveSilence = parsed.GetValue(_silence) ? new SilenceOptions() : null };
    }
}
