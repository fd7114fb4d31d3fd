using Diarizer.Streaming.Embeddings;

namespace Diarizer.Streaming.Tests.Fakes;

/// <summary>Embeds a window as the mix of its voices: each has its own axis, plus noise that depends on the window alone.</summary>
internal sealed class LevelEmbedder(float noise = 0.15f)
{
    public const int Dimension = 16;

    public int Calls { get; private set; }

    public float[] Embed(EmbeddingRequest request)
    {
        Calls++;
        var embedding = new float[Dimension];
        for (var i = 0; i < request.Samples.Length; i += 40)
        {
            var sample = request.Samples.Span[i];
            if (sample != 0)
                embedding[(int)Math.Round(sample * 10)] += 40f / request.Samples.Length;
        }

        var random = new Random((int)(request.Start ^ (request.End << 3)));
        for (var i = 0; i < Dimension; i++)
            embedding[i] += noise * ((float)random.NextDouble() - 0.5f);
        var norm = MathF.Sqrt(embedding.Sum(v => v * v));
        return [.. embedding.Select(v => v / norm)];
    }
}
