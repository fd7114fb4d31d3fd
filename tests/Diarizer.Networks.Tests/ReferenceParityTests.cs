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
        using var network = ReferenceSignals.Filled(new FastResNet34(new FastResNet34Options { Pooling = pooling, OutputSize = 24 }));
        var given = TestSignals.Values(network.call(ReferenceSignals.Features(40, 60)))[24..];
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], given[i], 2e-3);
    }

    [Fact]
    public void Voice_activity()
    {
        float[] expected = [0.306847f, 0.482879f, 0.505162f, 0.513323f, 0.519688f, 0.458396f];
        using var scope = NewDisposeScope();
        using var network = ReferenceSignals.Filled(new VadNetwork());
        var given = TestSignals.Values(network.call(ReferenceSignals.Features(40, 60).transpose(1, 2)))[60..];
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], given[10 * i], 1e-5);
    }
}
