using Diarizer.Networks.Trunks;
using Diarizer.Networks.Trunks.DeepSpeaker;
using Diarizer.Networks.Trunks.FrequencyTime;
using static TorchSharp.torch;

namespace Diarizer.Training.Saliency;

/// <summary>A block whose output still has places in time and frequency.</summary>
/// <param name="Block">Gives [B, C, F, T].</param>
/// <param name="TimeFirst">True when it gives [B, C, T, F] instead.</param>
internal sealed record ConvolutionLayer(nn.Module<Tensor, Tensor> Block, bool TimeFirst)
{
    /// <summary>The last such block of a network; null for networks that have none.</summary>
    public static ConvolutionLayer? LastOf(nn.Module network) => network switch
    {
        ResCnn => new ConvolutionLayer(Child(network, "layer3"), TimeFirst: true),
        FastResNet34 or ThinResNet34 or ResNet34 or HalfResNet34 => new ConvolutionLayer(Child(network, "layer4"), TimeFirst: false),
        DeepSpeakerCnn => new ConvolutionLayer((nn.Module<Tensor, Tensor>)network.named_children().First(c => c.name == "stages").module.children().Last(), TimeFirst: false),
        _ => null,
    };

    private static nn.Module<Tensor, Tensor> Child(nn.Module network, string name) => (nn.Module<Tensor, Tensor>)network.named_children().First(c => c.name == name).module;
}
