using System.Runtime.InteropServices;
using Diarizer.Features;
using Diarizer.Networks.Models;
using Diarizer.Networks.VoiceActivity;
using Diarizer.Training.Augmentation;
using Diarizer.Training.Configuration;
using Diarizer.Training.Conversations;
using Diarizer.Training.Data;
using Diarizer.Training.Evaluation;
using Diarizer.Training.Loops;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.VoiceActivity;

/// <summary>Trains a voice activity network on simulated scenes with binary cross-entropy per frame.</summary>
internal sealed class VoiceActivityTask : TrainingTask
{
    private const int NormalisationBatches = 8;
    private readonly RunOptions _run;
    private readonly VoiceActivityOptions _options;
    private readonly TrainingData _data;
    private readonly LogMel _frontEnd;
    private readonly IReadOnlyList<ImpulseResponse> _rooms;
    private readonly VadNetwork _network, _average;
    private List<PreparedBatch>? _validation;

    public VoiceActivityTask(RunOptions run, TrainingData data)
    {
        (_run, _options, _data) = (run, run.VoiceActivity!, data);
        _frontEnd = new LogMel(_options.FrontEnd);
        var room = _options.Conversation?.Room ?? _options.Mixture.Room;
        _rooms = Room.Load(data.Noises, room);
        manual_seed(run.Seed);
        _network = new VadNetwork(_options.Network);
        _average = new VadNetwork(_options.Network);
        _average.eval();
    }

    public override nn.Module<Tensor, Tensor> Network => _network;

    public override nn.Module<Tensor, Tensor> Average => _average;

    public override IBatchMaker CreateMaker() => Maker(_data.Training, _run.Seed);

    /// <summary>Sets the fixed mean and deviation of the features from a sample of training mixtures.</summary>
    public override void Begin()
    {
        int bins = _frontEnd.Bins;
        double[] sum = new double[bins], squares = new double[bins];
        long count = 0;
        var maker = CreateMaker();
        for (int step = 1; step <= NormalisationBatches; step++)
        {
            using var batch = maker.Make(-step);
            for (int i = 0; i < batch.Sequences; i++)
            {
                var frames = batch.Sequence(i);
                for (int k = 0; k < frames.Length; k++)
                {
                    sum[k % bins] += frames[k];
                    squares[k % bins] += (double)frames[k] * frames[k];
                }
            }
            count += (long)batch.Sequences * batch.Frames;
        }
        float[] mean = [.. sum.Select(s => (float)(s / count))];
        float[] deviation = [.. squares.Select((s, k) => (float)Math.Sqrt(Math.Max(1e-4, s / count - mean[k] * (double)mean[k])))];
        _network.SetNormalisation(mean, deviation);
        _average.SetNormalisation(mean, deviation);
    }

    public override Tensor Loss(PreparedBatch batch, long step)
    {
        using var scope = NewDisposeScope();
        var logits = Network.call(batch.FeatureTensor());
        var targets = tensor(batch.Targets).to(ScalarType.Float32).reshape(logits.shape);
        return nn.functional.binary_cross_entropy_with_logits(logits, targets).MoveToOuterDisposeScope();
    }

    public override IReadOnlyList<(string Name, ModelFigure Figure)> Validate()
    {
        if (_data.Validation.Speakers.Count == 0)
            return [];
        _validation ??= ValidationBatches();
        using var frozen = no_grad();
        var scores = new List<float>();
        var labels = new List<byte>();
        foreach (var batch in _validation)
        {
            using var scope = NewDisposeScope();
            scores.AddRange(MemoryMarshal.Cast<byte, float>(_average.call(batch.FeatureTensor()).contiguous().bytes));
            labels.AddRange(batch.Targets.Select(target => (byte)target));
        }
        return [("validationAuc", new ModelFigure(RocArea.Measure([.. scores], [.. labels]), $"area under the ROC over 10 ms frames, {_options.ValidationMixtures} simulated mixtures of speakers split off the training data"))];
    }

    public override bool HigherIsBetter => true;

    public override ModelCard Card() => new ModelCard
    {
        Name = _run.Name,
        Version = _run.Model.Version,
        Licence = _run.Model.Licence,
        Kind = ModelKind.VoiceActivity,
        Network = VadNetwork.NetworkName,
        FrontEnd = _options.FrontEnd,
    }.WithNetworkOptions(_options.Network);

    private List<PreparedBatch> ValidationBatches()
    {
        var maker = Maker(_data.Validation, _run.Seed + 1);
        int batches = (_options.ValidationMixtures + _options.Batch - 1) / _options.Batch;
        return [.. Enumerable.Range(0, batches).Select(step => maker.Make(step))];
    }

    private MixtureBatchMaker Maker(SpeechLibrary speech, long seed) =>
        new(_options.Mixture, _options.Batch, Scenes(speech), _frontEnd, seed);

    private ISceneMaker Scenes(SpeechLibrary speech) => _options.Conversation is { } conversation
        ? new ConversationScenes(new ConversationMaker(conversation, speech, _data.Noises, _rooms))
        : new MixtureMaker(_options.Mixture, speech, _data.Noises, _rooms);
}
