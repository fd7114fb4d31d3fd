using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks.TimeDelay;

/// <summary>Convolutions over time that keep the length, with the padding of choice.</summary>
internal static class TimeConvolution
{
    /// <summary>The layer; it pads by itself only with zeros.</summary>
    public static Conv1d Create(int inputs, int outputs, int kernel, int dilation, PaddingModes padding) =>
        nn.Conv1d(inputs, outputs, kernel, padding: padding == PaddingModes.Zeros ? Margin(kernel, dilation) : 0, dilation: dilation);

    /// <summary>Applies it: [B, I, T] to [B, O, T].</summary>
    public static Tensor Apply(Conv1d layer, Tensor input, int dilation, PaddingModes padding)
    {
        if (padding == PaddingModes.Zeros)
            return layer.call(input);
        long margin = Margin((int)layer.weight!.shape[2], dilation);
        return layer.call(nn.functional.pad(input, (margin, margin), padding));
    }

    private static long Margin(int kernel, int dilation) => (long)(kernel / 2) * dilation;
}
