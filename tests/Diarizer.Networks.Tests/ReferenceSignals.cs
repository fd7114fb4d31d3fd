using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Tests;

/// <summary>The waves with which the scripts in reference/ fill inputs and weights.</summary>
internal static class ReferenceSignals
{
    /// <summary>Two examples [2, bins, frames] that grow louder.</summary>
    public static Tensor Features(int bins, int frames)
    {
        var values = Wave(2 * bins * frames, 0.5);
        for (int i = 0; i < values.Length; i++)
            values[i] *= 0.5f + 1.5f * (i % frames) / (frames - 1);
        return tensor(values).reshape(2, bins, frames);
    }

    /// <summary>Fills all weights and statistics and puts the network in evaluation mode.</summary>
    public static T Filled<T>(T network)
        where T : nn.Module
    {
        using var frozen = no_grad();
        var state = network.state_dict().Where(t => t.Value.dtype == ScalarType.Float32).OrderBy(t => t.Key, StringComparer.Ordinal).ToList();
        for (int k = 0; k < state.Count; k++)
        {
            var (name, value) = state[k];
            var (scale, offset) = Scale(name, value);
            value.copy_(tensor([.. Wave((int)value.numel(), k).Select(w => scale * w + offset)]).reshape(value.shape));
        }
        network.eval();
        return network;
    }

    private static float[] Wave(int count, double phase) => [.. Enumerable.Range(0, count).Select(i => (float)Math.Sin(i * 0.7310585 + phase))];

    private static (float Scale, float Offset) Scale(string name, Tensor value)
    {
        if (name.EndsWith("running_var", StringComparison.Ordinal) || name.EndsWith("feature_std", StringComparison.Ordinal))
            return (0.5f, 1);
        if (value.dim() > 1)
            return ((float)(2 / Math.Sqrt((double)value.numel() / value.shape[0])), 0);
        return name.EndsWith("weight", StringComparison.Ordinal) ? (0.2f, 1) : (0.1f, 0);
    }
}
