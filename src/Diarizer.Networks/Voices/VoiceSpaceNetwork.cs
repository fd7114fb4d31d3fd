using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Voices;

/// <summary>
/// The linear map of a <see cref="VoiceSpace"/> in the form in which models are kept: buffers mean [D], transform [D, d] and spread [d]. Embeddings [B, D] in, [B, d] out.
/// </summary>
public sealed class VoiceSpaceNetwork : nn.Module<Tensor, Tensor>
{
    /// <summary>Its name in model cards.</summary>
    public const string NetworkName = "two-covariance";

    private readonly Tensor mean;
    private readonly Tensor transform;
    private readonly Tensor spread;

    /// <summary>Makes a map that keeps the first directions as they are.</summary>
    /// <exception cref="UserErrorException">An option is out of bounds.</exception>
    public VoiceSpaceNetwork(VoiceSpaceOptions? options = null)
        : base(nameof(VoiceSpaceNetwork))
    {
        Options = (options ?? new VoiceSpaceOptions()).Validated();
        mean = zeros(Options.Embedding).DetachFromDisposeScope();
        transform = eye(Options.Embedding).narrow(1, 0, Options.Directions).contiguous().DetachFromDisposeScope();
        spread = ones(Options.Directions).DetachFromDisposeScope();
        RegisterComponents();
    }

    /// <summary>The options it was built with.</summary>
    public VoiceSpaceOptions Options { get; }

    /// <summary>Sets the map.</summary>
    /// <param name="mean">[D].</param>
    /// <param name="transform">[D, d].</param>
    /// <param name="spread">[d], positive.</param>
    public void Set(Tensor mean, Tensor transform, Tensor spread)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        this.mean.copy_(mean);
        this.transform.copy_(transform);
        this.spread.copy_(spread);
    }

    /// <summary>Maps embeddings.</summary>
    /// <param name="input">[B, D].</param>
    /// <returns>[B, d].</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return (input - mean).matmul(transform).MoveToOuterDisposeScope();
    }
}
