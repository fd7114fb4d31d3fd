using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.VoiceActivity;

/// <summary>The weights of a <see cref="VadNetwork"/>, packed for one frame at a time and shared by all detectors. Immutable.</summary>
internal sealed class VadWeights
{
    public VadWeights(VadNetwork network)
    {
        Options = network.Options;
        using var scope = NewDisposeScope();
        var state = network.state_dict().ToDictionary(t => t.Key, t => Values(t.Value), StringComparer.Ordinal);
        Mean = state["feature_mean"];
        InverseDeviation = [.. state["feature_std"].Select(d => 1 / d)];
        int kernel = 2 * Options.Reach + 1;
        First = Convolution(state["conv1.weight"], state["conv1.bias"], Options.MelBins, kernel);
        Second = Convolution(state["conv2.weight"], state["conv2.bias"], Options.Channels, kernel);
        Recurrent = [.. Enumerable.Range(0, Options.Layers).Select(layer => new GruWeights(
            new DenseWeights(state[$"gru.weight_ih_l{layer}"], state[$"gru.bias_ih_l{layer}"]),
            new DenseWeights(state[$"gru.weight_hh_l{layer}"], state[$"gru.bias_hh_l{layer}"])))];
        Output = new DenseWeights(state["output.weight"], state["output.bias"]);
    }

    public VadNetworkOptions Options { get; }

    public float[] Mean { get; }

    public float[] InverseDeviation { get; }

    public DenseWeights First { get; }

    public DenseWeights Second { get; }

    public IReadOnlyList<GruWeights> Recurrent { get; }

    public DenseWeights Output { get; }

    private static float[] Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.detach().cpu().contiguous().bytes).ToArray();

    /// <summary>A convolution over a window of whole frames: [out, in, k] becomes [out, k, in].</summary>
    private static DenseWeights Convolution(float[] weights, float[] bias, int inputs, int kernel)
    {
        var turned = new float[weights.Length];
        for (int o = 0; o < bias.Length; o++)
        {
            for (int i = 0; i < inputs; i++)
            {
                for (int k = 0; k < kernel; k++)
                    turned[(o * kernel + k) * inputs + i] = weights[(o * inputs + i) * kernel + k];
            }
        }
        return new DenseWeights(turned, bias);
    }
}
