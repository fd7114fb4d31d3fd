using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Tests;

internal static class TestSignals
{
    public static float[] Noise(int samples, int seed = 1)
    {
        var random = new Random(seed);
        var x = new float[samples];
        for (int n = 0; n < samples; n++)
            x[n] = (float)(random.NextDouble() - 0.5) * (n / 1_000 % 3 == 0 ? 0.01f : 0.5f);
        return x;
    }

    public static float[] Values(Tensor tensor) =>
        System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(tensor.detach().cpu().contiguous().bytes).ToArray();

    /// <summary>Gives batch normalisation statistics that are not the initial 0 and 1.</summary>
    public static T Shaken<T>(T network)
        where T : nn.Module
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        foreach (var (name, value) in network.state_dict())
        {
            if (value.dtype != ScalarType.Float32)
                continue;
            if (name.EndsWith("running_mean", StringComparison.Ordinal) || name.EndsWith("bias", StringComparison.Ordinal))
                value.copy_(randn(value.shape) * 0.1);
            if (name.EndsWith("running_var", StringComparison.Ordinal))
                value.copy_(rand(value.shape) + 0.5);
        }
        return network;
    }
}
