using System.Text.Json;
using Diarizer.Networks.Models;
using Diarizer.Networks.Trunks;
using Diarizer.Networks.Trunks.FrequencyTime;
using Diarizer.Networks.Trunks.TimeDelay;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Onnx;

/// <summary>
/// Writes embedders as ONNX models: <c>features</c> [batch, bins, frames] to <c>embedding</c> [batch, D], not normalised, both lengths free. The front end is not part
/// of it; the model's card, which describes it, goes along as the property <c>card</c>.
/// </summary>
public static class OnnxFile
{
    /// <summary>Writes a model; the file appears whole or not at all.</summary>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <param name="card">The model's card.</param>
    /// <param name="network">The network, on the CPU.</param>
    /// <exception cref="UserErrorException">There is no export of such a network.</exception>
    public static void Write(string path, ModelCard card, nn.Module<Tensor, Tensor> network)
    {
        ArgumentNullException.ThrowIfNull(card);
        byte[] file = Format(card, network);
        File.WriteAllBytes(path + ".part", file);
        File.Move(path + ".part", path, overwrite: true);
    }

    /// <summary>The content of a file.</summary>
    /// <param name="card">The model's card.</param>
    /// <param name="network">The network, on the CPU.</param>
    /// <exception cref="UserErrorException">There is no export of such a network.</exception>
    public static byte[] Format(ModelCard card, nn.Module<Tensor, Tensor> network)
    {
        ArgumentNullException.ThrowIfNull(card);
        if (network is not ISpeakerTrunk trunk)
            throw Missing(card.Network);
        var graph = new OnnxGraph(network);
        string embedding = Trunk(graph, trunk);
        var properties = new Dictionary<string, string> { ["card"] = JsonSerializer.Serialize(card, ModelCardJson.Options) };
        return graph.Finish(card.Name, embedding, trunk.InputBins, trunk.OutputSize, properties);
    }

    private static string Trunk(OnnxGraph graph, ISpeakerTrunk trunk) => trunk switch
    {
        FastResNet34 network => ConvolutionalGraph.Fast(graph, network.Options, Attended(graph, graph.InstanceNormalise(OnnxGraph.Features), trunk)),
        ThinResNet34 network => ConvolutionalGraph.Thin(graph, network.Options, Attended(graph, graph.InstanceNormalise(OnnxGraph.Features), trunk)),
        HalfResNet34 network => ConvolutionalGraph.Half(graph, network.Options, graph.InstanceNormalise(OnnxGraph.Features)),
        ResNet34 network => ConvolutionalGraph.Plain(graph, network.Options, graph.Centre(OnnxGraph.Features)),
        VggM40 network => ConvolutionalGraph.Vgg(graph, network.Options, graph.InstanceNormalise(OnnxGraph.Features)),
        EcapaTdnn network => TimeDelayGraph.Ecapa(graph, network.Options, Attended(graph, graph.Centre(OnnxGraph.Features), trunk)),
        Tdnn => TimeDelayGraph.Tdnn(graph, Attended(graph, graph.Centre(OnnxGraph.Features), trunk)),
        _ => throw Missing(trunk.Name),
    };

    /// <summary>The attention over frequencies, whose gains are constants by now.</summary>
    private static string Attended(OnnxGraph graph, string x, ISpeakerTrunk trunk)
    {
        if (trunk is not IFrequencyAttentive { Attention: { } attention })
            return x;
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var gains = attention.Gains().cpu().contiguous();
        return graph.Times(x, graph.Constant("frequency_gains", System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(gains.bytes), gains.shape));
    }

    private static UserErrorException Missing(string network) => new(
        $"There is no ONNX export of the network {network}; {FastResNet34.NetworkName}, {ThinResNet34.NetworkName}, {HalfResNet34.NetworkName}, {ResNet34.NetworkName}, {VggM40.NetworkName}, "
        + $"{EcapaTdnn.NetworkName}, {Tdnn.NetworkName} and {Tdnn.NarrowName} have one.");
}
