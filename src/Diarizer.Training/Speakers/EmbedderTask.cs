using Diarizer.Audio;
using Diarizer.Features;
using Diarizer.Networks.Models;
using Diarizer.Networks.Trunks;
using Diarizer.Training.Augmentation;
using Diarizer.Training.Configuration;
using Diarizer.Training.Data;
using Diarizer.Training.Loops;
using Diarizer.Training.Losses;
using Diarizer.Training.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Speakers;

/// <summary>Trains a speaker embedder: any network of the registry, with any front end that fits it.</summary>
internal sealed class EmbedderTask : TrainingTask
{
    private const int TwoSeconds = 200;
    private const long LargestHistory = 500_000_000;
    private readonly RunOptions _run;
    private readonly EmbedderOptions _options;
    private readonly TrainingData _data;
    private readonly FrontEnd _frontEnd;
    private readonly BatchPlanner _planner;
    private readonly IReadOnlyList<ImpulseResponse> _rooms;
    private readonly SpeakerLoss _loss;
    private readonly TripletSelection? _selection;
    private readonly EmbedderValidation _validation;

    /// <exception cref="UserErrorException">Network, front end and losses do not fit each other.</exception>
    public EmbedderTask(RunOptions run, TrainingData data)
    {
        (_run, _options, _data) = (run, run.Embedder!, data);
        var card = Described();
        _frontEnd = card.CreateFrontEnd();
        _planner = new BatchPlanner(data.Training.Speakers, _options.Sampling, run.Seed);
        _rooms = Room.Load(data.Noises, _options.Augmentation.Room);
        manual_seed(run.Seed);
        Network = NetworkRegistry.Create(card, run.Name);
        _options.Attention.Fill(Network, _frontEnd);
        if (_options.Precision == TrunkPrecision.BFloat16)
            (Network as IMixedPrecisionTrunk ?? throw Unfit("precision BFloat16", "Float32")).TrunkType = ScalarType.BFloat16;
        Average = NetworkRegistry.Create(card, run.Name);
        Average.eval();
        if (_options.WhiteningBatches > 0 && Network is not IAffineOutput)
            throw Unfit($"whiteningBatches {_options.WhiteningBatches}", "0: its last layer is not linear");
        int size = Network is ITrainingOutput other ? other.TrainingOutputSize : Trunk.OutputSize;
        _loss = new WeightedSum(_options.Losses.Select(l => (l.Weight, l.Create(size, _planner.ClassCount, run.Seed))));
        _selection = _options.SelectBatch is null ? null : CreateSelection(_options.SelectBatch);
        _validation = new EmbedderValidation(_options.Validation, data.Validation, _frontEnd);
    }

    public override nn.Module<Tensor, Tensor> Network { get; }

    public override nn.Module<Tensor, Tensor> Average { get; }

    public override nn.Module Head => _selection is null ? _loss : _selection.History;

    private ISpeakerTrunk Trunk => (ISpeakerTrunk)Network;

    public override void MoveTo(Device device)
    {
        base.MoveTo(device);
        _loss.to(device);
        _validation.Device = device;
    }

    public override IBatchMaker CreateMaker() => CreateEmbedderMaker(_options.Augmentation);

    private EmbedderBatchMaker CreateEmbedderMaker(AugmentationOptions augmentation) => new(
        _options.Sampling, _planner, _data.Training, new AugmentationChain(augmentation, _data.Training, _data.Noises, _rooms), _frontEnd, _run.Seed);

    public override Tensor Loss(PreparedBatch batch, long step)
    {
        using var scope = NewDisposeScope();
        _loss.AtStep(step);
        if (_selection is not null)
            return _selection.Loss(Network, batch, step).MoveToOuterDisposeScope();
        int n = batch.Targets.Length;
        var features = batch.FeatureTensor().to(Device).transpose(1, 2).contiguous();
        var outputs = Network is ITrainingOutput other ? other.TrainingOutput(features) : Network.call(features);
        return _loss.call(outputs.reshape(n, batch.Sequences / n, outputs.shape[1]), tensor(batch.Targets).to(Device)).MoveToOuterDisposeScope();
    }

    private TripletSelection CreateSelection(SelectBatchOptions options)
    {
        var sampling = _options.Sampling;
        long numbers = (long)options.Tables * sampling.Speakers * sampling.CropsPerSpeaker * Trunk.OutputSize;
        if (numbers > LargestHistory)
            throw new UserErrorException($"The tables of selectBatch would hold {numbers:N0} numbers; give fewer tables, speakers or crops (at most {LargestHistory:N0}).");
        var history = new CandidateHistory(options.Tables, sampling.Speakers * sampling.CropsPerSpeaker, Trunk.OutputSize);
        return new TripletSelection(options, history, (Triplet)_options.Losses[0].Create(Trunk.OutputSize, 0, _run.Seed), CreateEmbedderMaker(_options.Augmentation), _run.Seed);
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        if (_options.WhiteningBatches == 0)
            return;
        using var scope = NewDisposeScope();
        var statistics = Collect(CreateMaker());
        // What corpora sound like shows in their recordings as they are; augmentation makes them alike.
        if (_options.WhiteningCorpora > 0)
            statistics = statistics with { Between = Collect(CreateEmbedderMaker(AugmentationOptions.None)).Between };
        EmbeddingWhitening.Fold((IAffineOutput)Average, statistics, _options.WhiteningShrinkage, _options.WhiteningCorpora, Device);

        EmbeddingStatistics Collect(IBatchMaker maker) => EmbeddingStatistics.Collect(Average, maker, CorpusOf, Trunk.OutputSize, _options.WhiteningBatches, Device);

        string CorpusOf(long number) => _data.Training.Speakers[_planner.VoiceOf(number).Speaker].Corpus;
    }

    public override IReadOnlyList<(string Name, ModelFigure Figure)> Validate() => _validation.Measure(Average);

    public override ModelCard Card() => Described() with { Cost = NetworkCost.Of(Average, _frontEnd.Bins, Math.Max(TwoSeconds, Trunk.MinimumFrames)) };

    private ModelCard Described() => new()
    {
        Name = _run.Name,
        Version = _run.Model.Version,
        Licence = _run.Model.Licence,
        Kind = ModelKind.SpeakerEmbedding,
        Network = _options.Network.Kind,
        NetworkOptions = _options.Network.Options,
        Attention = _options.Attention.Record,
        FrontEnd = _options.FrontEnd,
        Spectrogram = _options.Spectrogram,
        MinimumSamples = (int)SampleClock.FromSeconds(_run.Model.MinimumSeconds),
    };

    private UserErrorException Unfit(string given, string wanted) =>
        new($"{_run.Name}: {given} does not go with the network {_options.Network.Kind}; give {wanted}.");
}
