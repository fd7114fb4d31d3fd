using System.Runtime.InteropServices;
using Diarizer.Training.Data;
using Diarizer.Training.Loops;
using Diarizer.Training.Losses;
using Diarizer.Training.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Speakers;

/// <summary>
/// Deep Speaker's training step: the batch's crops are candidates, embedded without gradients and kept for some steps; the crops of the triplets that
/// <see cref="SelectBatch"/> finds among them are made again, since they are functions of the seed, and trained on.
/// </summary>
internal sealed class TripletSelection(SelectBatchOptions options, CandidateHistory history, Triplet loss, EmbedderBatchMaker maker, long seed)
{
    private const long Stream = -5;
    private const int ChunkSize = 64;

    /// <summary>The tables, which a checkpoint must hold.</summary>
    public CandidateHistory History => history;

    /// <summary>The loss of the step's triplets, with gradients.</summary>
    public Tensor Loss(nn.Module<Tensor, Tensor> network, PreparedBatch candidates, long step)
    {
        using var scope = NewDisposeScope();
        using var batch = maker.Remake(Choose(network, candidates, step));
        var embeddings = network.call(batch.FeatureTensor().to(DeviceOf(network)).transpose(1, 2).contiguous());
        return loss.OfTriplets(embeddings.reshape(batch.Sequences / 3, 3, embeddings.shape[1])).MoveToOuterDisposeScope();
    }

    private CropReference[] Choose(nn.Module<Tensor, Tensor> network, PreparedBatch candidates, long step)
    {
        var random = new SeededRandom(seed, step, Stream);
        int each = candidates.Sequences / candidates.Targets.Length;
        long[] classes = [.. candidates.Targets.SelectMany(target => Enumerable.Repeat(target, each))];
        if (step < options.RandomUntil)
            return References(RandomTriplets.Draw(classes, options.Anchors * options.PerAnchor, ref random), row => new CropReference(step, row, classes[row]));
        history.Add(step, Embed(network, candidates), classes);
        return References(SelectBatch.Choose(history.Embeddings, history.Classes(), options.Anchors, options.PerAnchor, ref random), history.Reference);
    }

    private static CropReference[] References(RowTriplet[] triplets, Func<int, CropReference> reference) =>
        [.. triplets.SelectMany(triplet => new[] { triplet.Anchor, triplet.Positive, triplet.Negative }).Select(reference)];

    private static Device DeviceOf(nn.Module network) => network.parameters().First().device;

    private static float[] Embed(nn.Module<Tensor, Tensor> network, PreparedBatch candidates)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        network.eval();
        var rows = new List<float>();
        var features = candidates.FeatureTensor().to(DeviceOf(network)).transpose(1, 2);
        for (long at = 0; at < candidates.Sequences; at += ChunkSize)
        {
            using var chunk = NewDisposeScope();
            var part = features.narrow(0, at, Math.Min(ChunkSize, candidates.Sequences - at)).contiguous();
            rows.AddRange(MemoryMarshal.Cast<byte, float>(nn.functional.normalize(network.call(part)).cpu().contiguous().bytes).ToArray());
        }
        network.train();
        return [.. rows];
    }
}
