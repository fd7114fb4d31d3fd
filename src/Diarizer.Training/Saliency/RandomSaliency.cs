using System.Runtime.InteropServices;
using Diarizer.Training.Data;
using static TorchSharp.torch;

namespace Diarizer.Training.Saliency;

/// <summary>The control: uniform noise. A method that does no better has found nothing.</summary>
internal sealed class RandomSaliency(long seed) : ISaliencyMethod
{
    public string Name => SaliencyMethods.Control;

    public bool Signed => false;

    public Tensor Explain(SpeakerScores scores, SaliencyBatch batch)
    {
        var noise = empty(batch.Features.shape);
        var values = MemoryMarshal.Cast<byte, float>(noise.bytes);
        int rows = (int)batch.Features.shape[0], size = values.Length / rows;
        for (int row = 0; row < rows; row++)
        {
            var random = new SeededRandom(seed, batch.First + row, -1);
            foreach (ref float value in values.Slice(row * size, size))
                value = (float)random.NextDouble();
        }
        return noise.to(batch.Features.device);
    }
}
