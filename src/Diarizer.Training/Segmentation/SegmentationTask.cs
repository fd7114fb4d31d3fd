using System.Runtime.InteropServices;
using Diarizer.Features;
using Diarizer.Networks.Models;
using Diarizer.Networks.Segmentation;
using Diarizer.Training.Augmentation;
using Diarizer.Training.Configuration;
using Diarizer.Training.Conversations;
using Diarizer.Training.Data;
using Diarizer.Training.Loops;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Segmentation;

/// <summary>Trains a segmentation network on simulated conversations with the permutation-invariant powerset loss.</summary>
internal sealed class SegmentationTask : TrainingTask
{
    private const int NormalisationBatches = 4;
    private readonly RunOptions _run;
    private readonly SegmentationOptions _options;
    private readonly TrainingData _data;
    private readonly LogMel _frontEnd;
    private readonly IReadOnlyList<ImpulseResponse> _rooms;
    private readonly SegmentationNetwork _network, _average;
    private PowersetLoss _loss;
    private List<PreparedBatch>? _validation;

    public SegmentationTask(RunOptions run, TrainingData data)
    {
        (_run, _options, _data) = (run, run.Segmentation!, data);
        _frontEnd = new LogMel(_options.FrontEnd);
        _rooms = Room.Load(data.Noises, _options.Conversation.Room);
        manual_seed(run.Seed);
        _network = new SegmentationNetwork(_options.Network);
        _average = new SegmentationNetwork(_options.Network);
        _average.eval();
        _loss = new PowersetLoss(_network.Powerset, CPU);
    }

    public override nn.Module<Tensor, Tensor> Network => _network;

    public override nn.Module<Tensor, Tensor> Average => _average;

    public override void MoveTo(Device device)
    {
        base.MoveTo(device);
        _loss.Dispose();
        _loss = new PowersetLoss(_network.Powerset, device);
    }

    public override IBatchMaker CreateMaker() => Maker(_data.Training, _run.Seed);

    /// <summary>Sets the fixed deviation of the features from a sample of training windows.</summary>
    public override void Begin()
    {
        int bins = _frontEnd.Bins;
        double[] squares = new double[bins];
        long count = 0;
        var maker = CreateMaker();
        for (int step = 1; step <= NormalisationBatches; step++)
        {
            using var batch = maker.Make(-step);
            for (int i = 0; i < batch.Sequences; i++)
                AddSquares(batch.Sequence(i), squares);
            count += (long)batch.Sequences * batch.Frames;
        }
        float[] deviation = [.. squares.Select(s => (float)Math.Sqrt(Math.Max(1e-4, s / count)))];
        _network.SetDeviation(deviation);
        _average.SetDeviation(deviation);
    }

    public override Tensor Loss(PreparedBatch batch, long step)
    {
        using var scope = NewDisposeScope();
        var logits = Network.call(batch.FeatureTensor().to(Device));
        var targets = tensor(batch.Targets).to(Device).reshape(logits.shape[0], logits.shape[1]);
        return _loss.Of(logits, targets).MoveToOuterDisposeScope();
    }

    public override IReadOnlyList<(string Name, ModelFigure Figure)> Validate()
    {
        if (_data.Validation.Speakers.Count < 2)
            return [];
        _validation ??= ValidationBatches();
        using var frozen = no_grad();
        var errors = new FrameErrors(_network.Powerset);
        foreach (var batch in _validation)
        {
            using var scope = NewDisposeScope();
            var found = _average.call(batch.FeatureTensor().to(Device)).argmax(2).to(ScalarType.Int32).cpu().contiguous();
            var classes = MemoryMarshal.Cast<byte, int>(found.bytes);
            int outputs = classes.Length / batch.Sequences;
            for (int i = 0; i < batch.Sequences; i++)
                errors.Add(batch.Targets.AsSpan(i * outputs, outputs), classes.Slice(i * outputs, outputs));
        }
        string basis = $"{_validation.Sum(b => b.Sequences)} simulated windows of speakers split off the training data, best order of local speakers";
        return
        [
            ("validationDer", new ModelFigure(errors.Rate, $"share of the speech of {basis}")),
            ("validationMiss", new ModelFigure(errors.ShareOf(errors.Miss), basis)),
            ("validationFalseAlarm", new ModelFigure(errors.ShareOf(errors.FalseAlarm), basis)),
            ("validationConfusion", new ModelFigure(errors.ShareOf(errors.Confusion), basis)),
        ];
    }

    public override ModelCard Card() => new ModelCard
    {
        Name = _run.Name,
        Version = _run.Model.Version,
        Licence = _run.Model.Licence,
        Kind = ModelKind.Segmentation,
        Network = SegmentationNetwork.NetworkName,
        FrontEnd = _options.FrontEnd,
    }.WithNetworkOptions(_options.Network);

    /// <summary>Adds the squares of a window's features, each band without its mean as the network takes it.</summary>
    private static void AddSquares(ReadOnlySpan<float> frames, Span<double> squares)
    {
        int bins = squares.Length, count = frames.Length / bins;
        for (int k = 0; k < bins; k++)
        {
            double sum = 0, sumOfSquares = 0;
            for (int t = 0; t < count; t++)
            {
                double x = frames[t * bins + k];
                (sum, sumOfSquares) = (sum + x, sumOfSquares + x * x);
            }
            squares[k] += sumOfSquares - sum * sum / count;
        }
    }

    private List<PreparedBatch> ValidationBatches()
    {
        var maker = Maker(_data.Validation, _run.Seed + 1);
        int batches = (_options.ValidationWindows + _options.Batch - 1) / _options.Batch;
        return [.. Enumerable.Range(0, batches).Select(step => maker.Make(step))];
    }

    private ConversationBatchMaker Maker(SpeechLibrary speech, long seed) =>
        new(_options, new ConversationMaker(_options.Conversation, speech, _data.Noises, _rooms), _frontEnd, _network.Powerset, seed);
}
