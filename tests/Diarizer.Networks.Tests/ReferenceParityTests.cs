using Diarizer.Networks.Trunks;
using Diarizer.Networks.VoiceActivity;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Tests;

/// <summary>Figures printed by reference/make_reference.py, which writes the networks in PyTorch and fills them with the same waves.</summary>
public sealed class ReferenceParityTests
{
    [Theory]
    [InlineData(PoolingKind.TemporalAverage, 0.263552f, -1.179972f, -2.105985f, -2.116809f, -1.212372f, 0.212130f)]
    [InlineData(PoolingKind.SelfAttentive, 5.270561f, -3.607527f, -10.918880f, -13.485276f, -10.189931f, -2.463510f)]
    [InlineData(PoolingKind.AttentiveStatistics, 3.091102f, -10.585725f, -7.794573f, 7.185413f, 11.115889f, -2.149148f)]
    public void Fast_resnet_34(PoolingKind pooling, params float[] expected)
    {
        using var scope = NewDisposeScope();
        using var network = Filled(new FastResNet34(new FastResNet34Options { Pooling = pooling, OutputSize = 24 }));
        var given = TestSignals.Values(network.call(Input()))[24..];
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], given[i], 2e-3);
    }

    [Fact]
    public void Voice_activity()
    {
        float[] expected = [0.306847f, 0.482879f, 0.505162f, 0.513323f, 0.519688f, 0.458396f];
        using var scope = NewDisposeScope();
        using var network = Filled(new VadNetwork());
        var given = TestSignals.Values(network.call(Input().transpose(1, 2)))[60..];
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], given[10 * i], 1e-5);
    }

    private static Tensor Input()
    {
        var values = Wave(2 * 40 * 60, 0.5);
        for (int i = 0; i < values.Length; i++)
            values[i] *= 0.5f + 1.5f * (i % 60) / 59;
        return tensor(values).reshape(2, 40, 60);
    }

    private static float[] Wave(int count, double phase) => [.. Enumerable.Range(0, count).Select(i => (float)Math.Sin(i * 0.7310585 + phase))];

    private static T Filled<T>(T network)
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

    private static (float Scale, float Offset) Scale(string name, Tensor value)
    {
        if (name.EndsWith("running_var", StringComparison.Ordinal) || name.EndsWith("feature_std", StringComparison.Ordinal))
            return (0.5f, 1);
        if (value.dim() > 1)
            return ((float)(2 / Math.Sqrt((double)value.numel() / value.shape[0])), 0);
        bool normalisationWeight = (name.Contains("bn", StringComparison.Ordinal) && name.EndsWith("weight", StringComparison.Ordinal))
            || name.Contains("downsample.1.weight", StringComparison.Ordinal);
        return normalisationWeight ? (0.2f, 1) : (0.1f, 0);
    }
}
