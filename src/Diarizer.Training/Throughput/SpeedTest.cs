using System.Diagnostics;
using Diarizer.Features;
using Diarizer.Networks.Inference;
using Diarizer.Networks.Trunks;
using Diarizer.Training.Loops;
using Diarizer.Training.Losses;
using Diarizer.Training.Optimisation;
using Diarizer.Training.Speakers;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Throughput;

/// <summary>
/// How fast Fast ResNet-34 as published (40 mel, self-attentive pooling, 512 values) trains with the angular prototypical loss and embeds; features included. Times are
/// medians over repetitions, so that what else the machine does matters little.
/// </summary>
internal static class SpeedTest
{
    private const int WarmUp = 2;

    /// <summary>Crops trained on in a second.</summary>
    /// <param name="speakers">N of a batch, with two crops each.</param>
    /// <param name="seconds">Length of a crop.</param>
    /// <param name="steps">Steps to take the median of.</param>
    /// <param name="precision">Number type of the convolutions.</param>
    public static double Training(int speakers, double seconds, int steps, TrunkPrecision precision)
    {
        const int Crops = 2;
        using var network = new FastResNet34 { TrunkType = precision == TrunkPrecision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32 };
        using var loss = new AngularPrototypical();
        using var optimiser = Optimisers.Create(new OptimiserOptions { Kind = OptimiserKind.Adam, WeightDecay = 0 }, network.parameters().Concat(loss.parameters()));
        using var queue = new BatchQueue(() => new NoiseBatchMaker(new LogMel(), speakers, Crops, seconds), workers: 1, 0, WarmUp + steps);
        network.train();
        double[] times = Repeat(steps, step =>
        {
            using var batch = queue.Take(step);
            using var scope = NewDisposeScope();
            optimiser.zero_grad();
            var embeddings = network.call(batch.FeatureTensor().transpose(1, 2).contiguous());
            loss.call(embeddings.reshape(speakers, Crops, embeddings.shape[1]), tensor(batch.Targets)).backward();
            optimiser.step();
        });
        return speakers * Crops / Median(times);
    }

    /// <summary>Windows embedded in a second.</summary>
    /// <param name="batch">Windows that run together.</param>
    /// <param name="seconds">Length of a window.</param>
    /// <param name="calls">Calls to take the median of.</param>
    public static double Inference(int batch, double seconds, int calls)
    {
        using var embedder = new SpeakerEmbedder(new FastResNet34(), new LogMel(), CPU, largestBatch: batch);
        ReadOnlyMemory<float> window = NoiseBatchMaker.Noise((int)(seconds * Diarizer.Audio.SampleClock.Rate));
        var windows = Enumerable.Repeat(window, batch).ToList();
        var embeddings = new float[batch * embedder.Dimension];
        return batch / Median(Repeat(calls, _ => embedder.Embed(windows, embeddings)));
    }

    private static double[] Repeat(int count, Action<int> action)
    {
        var times = new double[count];
        for (int i = 0; i < WarmUp + count; i++)
        {
            long started = Stopwatch.GetTimestamp();
            action(i);
            if (i >= WarmUp)
                times[i - WarmUp] = Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
        return times;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
