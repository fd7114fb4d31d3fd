using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks.FrequencyTime;

/// <summary>
/// The attention layer of Yang et al., "Gradient Frequency Attention": x · sigmoid(w·g + b), where g holds one fixed weight for each frequency bin and
/// w and b are learned. It tells a network from its first step where a teacher found the speakers. Features [B, bins, T] in and out.
/// <para>
/// Its place is behind the normalisation of the input: in front of one that divides each bin by its deviation it would do nothing. Two parameters, named
/// as in the published code; g is a buffer and thus part of the weights file.
/// </para>
/// </summary>
public sealed class FrequencyAttention : nn.Module<Tensor, Tensor>
{
    /// <summary>The first value of w, as published.</summary>
    public const float FirstScale = 2;

    /// <summary>The first value of b, as published.</summary>
    public const float FirstOffset = -1;

    private readonly Parameter w;
    private readonly Parameter b;
    private readonly Tensor g;

    /// <summary>Builds the layer with equal weights of 1.</summary>
    /// <param name="bins">Values in one frame.</param>
    public FrequencyAttention(int bins)
        : base(nameof(FrequencyAttention))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        w = new Parameter(tensor(FirstScale));
        b = new Parameter(tensor(FirstOffset));
        g = ones(bins);
        RegisterComponents();
    }

    /// <summary>The weights g, one for each bin.</summary>
    public float[] Weights()
    {
        using var scope = NewDisposeScope();
        return MemoryMarshal.Cast<byte, float>(g.cpu().bytes).ToArray();
    }

    /// <summary>Replaces the weights g.</summary>
    /// <param name="weights">One for each bin, by convention with the largest 1.</param>
    /// <exception cref="ArgumentException">Another number of weights than bins.</exception>
    public void SetWeights(float[] weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Length != g.numel())
            throw new ArgumentException($"The layer has {g.numel()} bins, not {weights.Length}.", nameof(weights));
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        g.copy_(tensor(weights));
    }

    /// <summary>What each bin is multiplied with: sigmoid(w·g + b), [bins, 1].</summary>
    public Tensor Gains()
    {
        using var scope = NewDisposeScope();
        return (w * g + b).sigmoid().unsqueeze(1).MoveToOuterDisposeScope();
    }

    /// <summary>Weights the bins of normalised features.</summary>
    /// <param name="input">[B, bins, T].</param>
    /// <returns>[B, bins, T].</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return (input * Gains()).MoveToOuterDisposeScope();
    }
}
