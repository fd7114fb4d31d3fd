using Diarizer.Audio;
using Diarizer.Features;
using Diarizer.Training.Augmentation;
using Diarizer.Training.Data;
using Diarizer.Training.Loops;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Saliency;

/// <summary>A crop to explain.</summary>
/// <param name="Utterance">Its utterance.</param>
/// <param name="Class">The class of its speaker.</param>
internal sealed record LabelledCrop(Utterance Utterance, long Class);

/// <summary>The centres of some utterances as features, batch by batch; short utterances are repeated to the length of a crop.</summary>
/// <param name="library">The audio.</param>
/// <param name="items">The utterances with their classes.</param>
/// <param name="seconds">Length of a crop.</param>
/// <param name="augmentation">What changes the crops; null for crops as they are. Its draws are functions of the seed and the crop's number.</param>
internal sealed class LabelledCrops(
    SpeechLibrary library, IReadOnlyList<LabelledCrop> items, FrontEnd frontEnd, double seconds, AugmentationChain? augmentation, long seed)
{
    private const long Stream = -7;

    public IReadOnlyList<LabelledCrop> Items => items;

    /// <summary>Batches in order; each lives until the next is asked for.</summary>
    /// <param name="size">Crops in a batch.</param>
    public IEnumerable<SaliencyBatch> Batches(int size, Device device)
    {
        for (int first = 0; first < items.Count; first += size)
        {
            using var scope = NewDisposeScope();
            yield return Batch(first, Math.Min(size, items.Count - first), device);
        }
    }

    /// <summary>Features of some crops [n, bins, T].</summary>
    public SaliencyBatch Batch(int first, int count, Device device)
    {
        float[] samples = new float[SampleClock.FromSeconds(seconds)];
        using var batch = new PreparedBatch(count, frontEnd.FrameCount(samples.Length), frontEnd.Bins, count);
        for (int i = 0; i < count; i++)
        {
            var (utterance, number) = items[first + i];
            library.Read(utterance, Math.Max(0, (utterance.Length - samples.Length) / 2), samples);
            var random = new SeededRandom(seed, first + i, Stream);
            augmentation?.Apply(samples, utterance.Speaker, ref random);
            frontEnd.Compute(samples, batch.Sequence(i));
            batch.Targets[i] = number;
        }
        return new SaliencyBatch(batch.FeatureTensor().transpose(1, 2).contiguous().to(device), tensor(batch.Targets).to(device), first);
    }
}
