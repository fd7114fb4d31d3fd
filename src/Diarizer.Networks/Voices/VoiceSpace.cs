using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Diarizer.Networks.Models;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Diarizer.Networks.Voices;

/// <summary>
/// The space in which voices are told apart by probability: embeddings are mapped so that one voice varies by 1 in every direction, and voices differ by
/// <see cref="Spread"/>; the two-covariance model of Brümmer and de Villiers 2010 ("The speaker partitioning problem") after a simultaneous diagonalisation.
/// Immutable.
/// </summary>
public sealed class VoiceSpace
{
    private readonly float[] _mean;
    private readonly float[][] _directions;

    /// <param name="mean">Mean of all embeddings: [D].</param>
    /// <param name="directions">[d] rows of D values.</param>
    /// <param name="spread">Variance of the voices in each direction, in units of the variance of one voice: [d], positive.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or a variance is not positive.</exception>
    public VoiceSpace(float[] mean, float[][] directions, float[] spread)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(directions);
        ArgumentNullException.ThrowIfNull(spread);
        if (directions.Length == 0 || directions.Length != spread.Length || directions.Any(row => row.Length != mean.Length) || spread.Any(s => !(s > 0)))
            throw new ArgumentException("A voice space needs as many positive variances as directions, each of the embeddings' length.");
        (_mean, _directions, Spread) = (mean, directions, spread);
    }

    /// <summary>Length of the embeddings.</summary>
    public int Embedding => _mean.Length;

    /// <summary>Directions.</summary>
    public int Dimension => _directions.Length;

    /// <summary>Variance of the voices in each direction.</summary>
    public IReadOnlyList<float> Spread { get; }

    /// <summary>A space for embeddings of which nothing is known but how far voices lie apart.</summary>
    /// <param name="embedding">Length of the embeddings.</param>
    /// <param name="within">Variance of one voice, summed over all dimensions.</param>
    /// <param name="between">Variance of voices, summed likewise.</param>
    public static VoiceSpace Round(int embedding, double within, double between)
    {
        float scale = (float)Math.Sqrt(embedding / within);
        var directions = Enumerable.Range(0, embedding).Select(i =>
        {
            var row = new float[embedding];
            row[i] = scale;
            return row;
        });
        return new VoiceSpace(new float[embedding], [.. directions], [.. Enumerable.Repeat((float)(between / within), embedding)]);
    }

    /// <summary>Loads a model file.</summary>
    /// <param name="path">Path of the weights or of the card.</param>
    /// <param name="embedderSha256">Digest of the embedder that it must have been made for.</param>
    /// <exception cref="UserErrorException">The model cannot be used; the message says why.</exception>
    public static VoiceSpace Load(string path, string embedderSha256)
    {
        var (card, network) = ModelFile.Load(path, ModelKind.VoiceSpace);
        using (network)
        {
            if (!string.Equals(card.EmbedderSha256, embedderSha256, StringComparison.OrdinalIgnoreCase))
                throw new UserErrorException($"The model {path} was made for another embedder than the one beside it; make it anew by diarizer-train voices, or remove it.");
            using var scope = NewDisposeScope();
            var state = network.state_dict().ToDictionary(t => t.Key, t => Values(t.Value), StringComparer.Ordinal);
            int size = state["mean"].Length, count = state["spread"].Length;
            var directions = Enumerable.Range(0, count).Select(d => Enumerable.Range(0, size).Select(i => state["transform"][(i * count) + d]).ToArray());
            return new VoiceSpace(state["mean"], [.. directions], [.. state["spread"].Select(s => Math.Max(s, 1e-4f))]);
        }
    }

    /// <summary>Maps an embedding.</summary>
    /// <param name="embedding">D values.</param>
    /// <param name="mapped">Gets d values.</param>
    public void Map(ReadOnlySpan<float> embedding, Span<float> mapped)
    {
        Span<float> centred = new float[_mean.Length];
        TensorPrimitives.Subtract(embedding, _mean, centred);
        for (int d = 0; d < _directions.Length; d++)
            mapped[d] = TensorPrimitives.Dot(centred, _directions[d]);
    }

    private static float[] Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.detach().cpu().contiguous().bytes).ToArray();
}
