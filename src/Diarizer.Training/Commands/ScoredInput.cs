using System.CommandLine;
using Diarizer.Features;
using Diarizer.Networks.Devices;
using Diarizer.Networks.Models;
using Diarizer.Training.Augmentation;
using Diarizer.Training.Configuration;
using Diarizer.Training.Data;
using Diarizer.Training.Data.Audio;
using Diarizer.Training.Data.Sources;
using Diarizer.Training.Loops;
using Diarizer.Training.Losses;
using Diarizer.Training.Saliency;
using Diarizer.Training.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Commands;

/// <summary>What is differentiated.</summary>
internal enum ScoreTarget
{
    /// <summary>The logit of the speaker in the classifier that the run was trained with.</summary>
    Classifier,

    /// <summary>The cosine to the mean embedding of the speaker's crops.</summary>
    Mean,
}

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
        return parsed.GetValue(_run) is { } run ? OpenRun(parsed, run, cancellation) : OpenModel(parsed, parsed.GetValue(_model)!, cancellation);
    }

    private ScoredSet OpenRun(ParseResult parsed, string folder, CancellationToken cancellation)
    {
        if (parsed.GetValue(_manifest) is not null)
            throw new UserErrorException("--manifest goes with --model; a run is explained on the speakers that it trains with (--data).");
        var record = new RunFolder(folder).Read();
        var embedder = record.Options.Embedder ?? throw new UserErrorException($"{folder} trains no speaker embedder; give a run that does.");
        var checkpoints = new Checkpoints(folder);
        long step = checkpoints.Newest() ?? throw new UserErrorException($"{folder} has no checkpoint yet; try again after loop.checkpointEvery steps.");
        string root = CommonOptions.DataRoot(parsed.GetValue(_data), record.Options, record.Config);
        var data = TrainingData.Open(record.Options, root, new PcmCache(parsed.GetValue(_cache)!), Console.WriteLine, cancellation);
        var task = TrainingTasks.Create(record.Options, data);
        checkpoints.LoadAverage(step, task);
        var planner = new BatchPlanner(data.Training.Speakers, embedder.Sampling, record.Options.Seed);
        int speed = Array.IndexOf(embedder.Sampling.Speeds, 1.0);
        var drawn = UtteranceDraw.Balanced(data.Training.Speakers, parsed.GetValue(_utterances), parsed.GetValue(_seed));
        bool means = parsed.GetValue(_target) == ScoreTarget.Mean;
        if (speed < 0 && !means)
            throw new UserErrorException("The run's speakers are played at no speed of 1, so its classifier knows none of them as they are; give --target mean.");
        var items = drawn.Select(d => new LabelledCrop(d.Utterance, means ? d.Speaker : planner.ClassOf(new VoiceClass(d.Speaker, speed)))).ToList();
        var augmentation = parsed.GetValue(_augment) ? Augmentation(embedder.Augmentation, data) : null;
        var frontEnd = task.Card().CreateFrontEnd();
        var crops = new LabelledCrops(data.Training, items, frontEnd, parsed.GetValue(_crop), augmentation, parsed.GetValue(_seed));
        string name = $"{record.Options.Name} ({embedder.Network.Kind}, step {step})";
        string words = $"{items.Count} utterances of {drawn.Select(d => d.Speaker).Distinct().Count()} speakers of the run's training data{(augmentation is null ? "" : ", augmented")}";
        if (means)
        {
            var set = OfMeans(parsed, task.Average, name, data.Training.Speakers.Count, crops, frontEnd, words);
            return set with { Owned = [.. set.Owned, task] };
        }
        checkpoints.LoadHead(step, task.Head!);
        var classifier = (task.Head as WeightedSum)?.Classifier ?? throw new UserErrorException(
            $"The losses of {folder} have no classifier (Softmax, AmSoftmax or AamSoftmax); give --target mean for the cosine to each speaker's mean embedding.");
        var device = Moved(parsed, task.Average);
        task.Head!.to(device);
        task.Head!.eval();
        return new ScoredSet(task.Average, name, frontEnd, SpeakerScores.Of(task.Average, classifier), "the speaker's logit", planner.ClassCount, crops, words, device) { Owned = [task] };
    }

    private ScoredSet OpenModel(ParseResult parsed, string path, CancellationToken cancellation)
    {
        if (parsed.GetValue(_target) != ScoreTarget.Mean)
            throw new UserErrorException("A model file holds no classifier: give --run with the folder that it was trained in, or --target mean for the cosine to each speaker's mean embedding.");
        if (parsed.GetValue(_augment))
            throw new UserErrorException("--augment changes crops as a run's configuration says; it goes with --run.");
        string manifest = parsed.GetValue(_manifest) ?? throw new UserErrorException("--model needs utterances; give them with --manifest.");
        var cache = new PcmCache(parsed.GetValue(_cache)!);
        var utterances = new UtteranceSources(cache, Console.WriteLine, cancellation).Open(manifest, SourceKind.Auto).Read(parsed.GetValue(_split)).ToList();
        var audio = AudioStores.Open(utterances, new DataOptions().DecodeFirstHours, cache, Console.WriteLine, cancellation);
        var speakers = SpeakerUtterances.Group(UsableUtterances.Of(utterances, audio, 1).Utterances);
        if (speakers.Count < 2)
            throw new UserErrorException("The manifest has fewer than two speakers with audio; give another --manifest or --split.");
        var (card, network) = ModelFile.Load(path, ModelKind.SpeakerEmbedding);
        var frontEnd = card.CreateFrontEnd();
        var drawn = UtteranceDraw.Balanced(speakers, parsed.GetValue(_utterances), parsed.GetValue(_seed));
        var library = new SpeechLibrary(speakers, audio);
        var crops = new LabelledCrops(library, [.. drawn.Select(d => new LabelledCrop(d.Utterance, d.Speaker))], frontEnd, parsed.GetValue(_crop), null, parsed.GetValue(_seed));
        string words = $"{drawn.Count} utterances of {drawn.Select(d => d.Speaker).Distinct().Count()} speakers of {Path.GetFileName(manifest)}";
        return OfMeans(parsed, network, $"{card.Name} ({card.Network})", speakers.Count, crops, frontEnd, words);
    }

    private ScoredSet OfMeans(ParseResult parsed, nn.Module<Tensor, Tensor> network, string name, int speakers, LabelledCrops crops, FrontEnd frontEnd, string words)
    {
        var device = Moved(parsed, network);
        var centres = SpeakerCentres.Of(network, crops, speakers, device);
        return new ScoredSet(network, name, frontEnd, SpeakerScores.Of(network, centres), "the cosine to the speaker's mean embedding", speakers, crops, words, device) { Owned = [centres] };
    }

    private Device Moved(ParseResult parsed, nn.Module<Tensor, Tensor> network)
    {
        var device = ComputeDevice.Choose(parsed.GetValue(_device)!);
        network.to(device);
        network.eval();
        return device;
    }

    private static AugmentationChain Augmentation(AugmentationOptions options, TrainingData data)
    {
        var rooms = data.Noises is { } noises && options.Room.Probability > 0 ? Room.Load(noises, options.Room) : [];
        return new AugmentationChain(options, data.Training, data.Noises, rooms);
    }
}
