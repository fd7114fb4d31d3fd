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

/// <summary>Trains a speaker embedder.</summary>
internal sealed class EmbedderTask : TrainingTask
{
    private readonly RunOptions _run;
    private readonly EmbedderOptions _options;
    private readonly TrainingData _data;
    private readonly LogMel _frontEnd;
    private readonly BatchPlanner _planner;
    private readonly IReadOnlyList<ImpulseResponse> _rooms;
    private readonly SpeakerLoss _loss;
    private readonly TripletSelection? _selection;
    private readonly EmbedderValidation _validation;

    public EmbedderTask(RunOptions run, TrainingData data)
    {
        (_run, _options, _data) = (run, run.Embedder!, data);
        _frontEnd = new LogMel(_options.FrontEnd);
        _planner = new BatchPlanner(data.Training.Speakers, _options.Sampling, run.Seed);
        _rooms = data.Noises is { } noises && _options.Augmentation.Room.Probability > 0 ? Room.Load(noises, _options.Augmentation.Room) : [];
        manual_seed(run.Seed);
        var network = new FastResNet34(_options.Network) { TrunkType = _options.Precision == TrunkPrecision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32 };
        Network = network;
        Average = new FastResNet34(_options.Network);
        Average.eval();
        _loss = new WeightedSum(_options.Losses.Select(l => (l.Weight, l.Create(_options.Network.OutputSize, _planner.ClassCount, run.Seed))));
        _selection = _options.SelectBatch is null ? null : CreateSelection(_options.SelectBatch);
        _validation = new EmbedderValidation(_options.Validation, data.Validation, _frontEnd);
    }

    public override nn.Module<Tensor, Tensor> Network { get; }

    public override nn.Module<Tensor, Tensor> Average { get; }

    public override nn.Module Head => _selection is null ? _loss : _selection.History;

    public override IBatchMaker CreateMaker() => CreateEmbedderMaker();

    private EmbedderBatchMaker CreateEmbedderMaker() => new(
        _options.Sampling, _planner, _data.Training, new AugmentationChain(_options.Augmentation, _data.Training, _data.Noises, _rooms), _frontEnd, _run.Seed);

    public override Tensor Loss(PreparedBatch batch, long step)
    {
        using var scope = NewDisposeScope();
        _loss.AtStep(step);
        if (_selection is not null)
            return _selection.Loss(Network, batch, step).MoveToOuterDisposeScope();
        int n = batch.Targets.Length;
        var embeddings = Network.call(batch.FeatureTensor().transpose(1, 2).contiguous());
        return _loss.call(embeddings.reshape(n, batch.Sequences / n, embeddings.shape[1]), tensor(batch.Targets)).MoveToOuterDisposeScope();
    }

    private TripletSelection CreateSelection(SelectBatchOptions options)
    {
        var sampling = _options.Sampling;
        var history = new CandidateHistory(options.Tables, sampling.Speakers * sampling.CropsPerSpeaker, _options.Network.OutputSize);
        return new TripletSelection(options, history, (Triplet)_options.Losses[0].Create(_options.Network.OutputSize, 0, _run.Seed), CreateEmbedderMaker(), _run.Seed);
    }

    /// <inheritdoc/>
    public override void Finish() => EmbeddingWhitening.Fold((FastResNet34)Average, CreateMaker(), _options.WhiteningBatches, _options.WhiteningShrinkage);

    public override IReadOnlyList<(string Name, ModelFigure Figure)> Validate() => _validation.Measure(Average);

    public override ModelCard Card() => new ModelCard
    {
        Name = _run.Name,
        Version = _run.Model.Version,
        Licence = _run.Model.Licence,
        Kind = ModelKind.SpeakerEmbedding,
        Network = FastResNet34.NetworkName,
        FrontEnd = _options.FrontEnd,
        MinimumSamples = (int)SampleClock.FromSeconds(_run.Model.MinimumSeconds),
    }.WithNetworkOptions(_options.Network);
}
