using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks;

/// <summary>
/// Layers that follow their input's number type while their parameters stay 32-bit, so that an optimiser's small steps are not rounded away
/// (Micikevicius et al. 2018, section 3.1). Normalisation needs nothing of the kind: libtorch takes 32-bit parameters with 16-bit input.
/// </summary>
internal static class MixedPrecision
{
    /// <summary>A convolution without bias.</summary>
    /// <param name="layer">The layer whose weights [O, I, H, W] are used.</param>
    /// <param name="input">[B, I, F, T].</param>
    /// <param name="stride">The layer's stride.</param>
    /// <param name="padding">The layer's padding.</param>
    public static Tensor Convolve(Conv2d layer, Tensor input, (long Frequency, long Time) stride, long padding) =>
        input.dtype == layer.weight.dtype
            ? layer.call(input)
            : nn.functional.conv2d(input, layer.weight.to(input.dtype), null, [stride.Frequency, stride.Time], [padding, padding]);
}
