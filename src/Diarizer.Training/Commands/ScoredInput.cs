using System.CommandLine;
using Diarizer.Networks.Devices;
using Diarizer.Training.Data.Audio;
using Diarizer.Training.Saliency;

namespace Diarizer.Training.Commands;

/// <summary>The options that name a trained network and the utterances to put before it.</summary>
internal sealed class ScoredInput
{
    private readonly Option<string?> _run = new("--run") { Description = "Folder of a run: its averaged network with its classifier, and the speakers that it trains with" };
    private readonly Option<string?> _model = new("--model") { Description = "Weights or card of an embedder, which has no classifier; needs --manifest and --target mean" };
    private readonly Option<ScoreTarget> _target = new("--target") { Description = "classifier: the speaker's logit; mean: the cosine to the speaker's mean embedding", DefaultValueFactory = _ => ScoreTarget.Classifier };
    private readonly Option<string?> _data = new("--data") { Description = "Folder of the run's data; wins over data.root of its configuration" };
    private readonly Option<string?> _manifest = new("--manifest") { Description = "TSV of utterances, folder of speakers or Kaldi data directory, for --model" };
    private readonly Option<string?> _split = new("--split") { Description = "Only the manifest's utterances of this split" };
    private readonly Option<int> _utterances;
    private readonly Option<double> _crop = new("--crop") { Description = "Seconds of the centre crop", DefaultValueFactory = _ => 2 };
    private readonly Option<bool> _augment = new("--augment") { Description = "Changes the crops by the run's augmentation" };
    private readonly Option<long> _seed = new("--seed") { Description = "Seed of all draws", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _device = new("--device") { Description = "auto, cpu or cuda", DefaultValueFactory = _ => "auto" };
    private readonly Option<string> _cache = CommonOptions.Cache();
    private readonly Option<int> _threads = CommonOptions.Threads();

    /// <param name="utterances">Utterances that are drawn by default.</param>
    public ScoredInput(int utterances) =>
        _utterances = new("--utterances") { Description = "Utterances drawn, speakers alike", DefaultValueFactory = _ => utterances };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _run, _model, _target, _data, _manifest, _split, _utterances, _crop, _augment, _seed, _device, _cache, _threads })
            command.Options.Add(option);
    }

    public long Seed(ParseResult parsed) => parsed.GetValue(_seed);

    /// <exception cref="UserErrorException">An option, the network or the data is of no use.</exception>
    public ScoredSet Open(ParseResult parsed, CancellationToken cancellation)
    {
        CommonOptions.Apply(parsed.GetValue(_threads));
        if (parsed.GetValue(_run) is null == parsed.GetValue(_model) is null)
            throw new UserErrorException("Give a trained network: either --run with the folder of a run, or --model with an embedder's weights.");
        if (parsed.GetValue(_utterances) is < 1 or > 1_000_000)
            throw new UserErrorException($"--utterances is {parsed.GetValue(_utterances)}; give 1 to 1000000.");
        if (parsed.GetValue(_crop) is not (>= 0.3 and <= 60))
            throw new UserErrorException($"--crop is {parsed.GetValue(_crop)}; give 0.3 to 60 seconds.");
        if (parsed.GetValue(_run) is not null && parsed.GetValue(_manifest) is not null)
            throw new UserErrorException("--manifest goes with --model; a run is explained on the speakers that it trains with (--data).");
        var choice = new ScoredChoice(
            parsed.GetValue(_target),
            parsed.GetValue(_utterances),
            parsed.GetValue(_crop),
            parsed.GetValue(_augment),
            parsed.GetValue(_seed),
            ComputeDevice.Choose(parsed.GetValue(_device)!),
            new PcmCache(parsed.GetValue(_cache)!),
            cancellation);
        if (parsed.GetValue(_run) is { } run)
            return new ScoredRun(run, choice).Open(record => CommonOptions.DataRoot(parsed.GetValue(_data), record.Options, record.Config));
        string manifest = parsed.GetValue(_manifest) ?? throw new UserErrorException("--model needs utterances; give them with --manifest.");
        return ScoredModel.Open(parsed.GetValue(_model)!, manifest, parsed.GetValue(_split), choice);
    }
}
