using static TorchSharp.torch;

namespace Diarizer.Training.Saliency;

/// <summary>What the methods need beside the scores.</summary>
/// <param name="Steps">Points of the integrated gradients on their way; draws of the expected ones.</param>
/// <param name="Baseline">The baseline of those that have one and only one.</param>
/// <param name="Seed">Seed of what is drawn.</param>
internal sealed record SaliencyOptions(int Steps, Baseline Baseline, long Seed);

/// <summary>The methods by name.</summary>
internal static class SaliencyMethods
{
    public const string GradCam = "grad-cam";

    /// <summary>The method that knows nothing.</summary>
    public const string Control = "random";

    /// <summary>All names, the control last.</summary>
    public static IReadOnlyList<string> Names { get; } = ["gradient", "input-x-gradient", GradCam, "integrated-gradients", "expected-gradients", Control];

    /// <param name="network">The network that the scores come from.</param>
    /// <param name="data">Features that baselines are drawn from [N, bins, T].</param>
    /// <exception cref="UserErrorException">There is no such method, or it does not go with the network.</exception>
    public static ISaliencyMethod Create(string name, nn.Module network, Tensor data, SaliencyOptions options) => name switch
    {
        "gradient" => new GradientSaliency(),
        "input-x-gradient" => new InputTimesGradient(options.Baseline),
        GradCam => new GradCam(ConvolutionLayer.LastOf(network)
            ?? throw new UserErrorException("Grad-CAM needs a convolution block with places in time and frequency, which this network has not; leave grad-cam out of --methods.")),
        "integrated-gradients" => new IntegratedGradients(options.Steps, options.Baseline),
        "expected-gradients" => new ExpectedGradients(data, options.Steps, options.Seed),
        Control => new RandomSaliency(options.Seed),
        _ => throw new UserErrorException($"The saliency method '{name}' is unknown; give some of {string.Join(", ", Names)}."),
    };
}
