using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks.DeepSpeaker;

/// <summary>min(max(x, 0), 20), the activation of Deep Speaker and of Deep Speech 2 before it.</summary>
internal static class ClippedRelu
{
    private const double Most = 20;

    public static Tensor Apply(Tensor x) => x.clamp(0, Most);
}
