using System.CommandLine;
using Diarizer.Audio;
using Diarizer.Networks.Inference;
using Diarizer.Training.Configuration;
using Diarizer.Training.Data;
using Diarizer.Training.Data.Audio;
using Diarizer.Training.Data.Sources;
using Diarizer.Training.Evaluation;

namespace Diarizer.Training.Commands;

/// <summary>The options by which utterances are named and embedded.</summary>
internal sealed class EmbeddingInput
{
    private readonly Option<string> _manifest = new("--manifest") { Description = "TSV of utterances (utterance speaker corpus split session file start_s duration_s), folder of speakers, or Kaldi data directory", Required = true };
    private readonly Option<SourceKind> _kind = new("--kind") { Description = "What --manifest is: Auto, Manifest, Folders or Kaldi", DefaultValueFactory = _ => SourceKind.Auto };
    private readonly Option<string?> _split = new("--split") { Description = "Only the utterances of this split" };
    private readonly Option<double?> _crop = new("--crop") { Description = "Seconds of the centre crop; without it whole utterances are embedded" };
    private readonly Option<string> _model = new("--model") { Description = "Weights or card of the embedder", DefaultValueFactory = _ => Path.Combine("models", "embedder.safetensors") };
    private readonly Option<string> _device = new("--device") { Description = "auto, cpu or cuda", DefaultValueFactory = _ => "auto" };
    private readonly Option<string> _cache = CommonOptions.Cache();
    private readonly Option<int> _threads = CommonOptions.Threads();

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _manifest, _kind, _split, _crop, _model, _device, _cache, _threads })
            command.Options.Add(option);
    }

    /// <summary>Utterances in manifest order, and the means to embed them.</summary>
    /// <exception cref="UserErrorException">An option, the manifest, its audio or the model is of no use.</exception>
    public (IReadOnlyList<Utterance> Utterances, ISpeakerEmbedder Model, UtteranceEmbedder Embedder) Open(ParseResult parsed, CancellationToken cancellation)
    {
        CommonOptions.Apply(parsed.GetValue(_threads));
        double? crop = parsed.GetValue(_crop);
        if (crop is not (null or (> 0 and <= 600)))
            throw new UserErrorException($"--crop is {crop}; give seconds above 0, to 600.");
        var cache = new PcmCache(parsed.GetValue(_cache)!);
        string? split = parsed.GetValue(_split);
        var source = new UtteranceSources(cache, Console.Error.WriteLine, cancellation).Open(parsed.GetValue(_manifest)!, parsed.GetValue(_kind));
        var utterances = source.Read(split).ToList();
        if (utterances.Count == 0)
            throw new UserErrorException(split is null ? "The manifest holds no utterance." : $"The manifest holds no utterance of split '{split}'; give another --split.");
        var model = SpeakerEmbedder.Load(parsed.GetValue(_model)!, parsed.GetValue(_device)!);
        var audio = AudioStores.Open(utterances, new DataOptions().DecodeFirstHours, cache, Console.Error.WriteLine, cancellation);
        var usable = UsableUtterances.Of(utterances, audio, 1);
        if (usable.Utterances.Count < utterances.Count)
            throw new UserErrorException($"{utterances.Count - usable.Utterances.Count} of {utterances.Count} utterances have no audio; correct the manifest, since every row must get its embedding.");
        return (usable.Utterances, model, new UtteranceEmbedder(model, new SpeechLibrary([], audio), crop));
    }
}
