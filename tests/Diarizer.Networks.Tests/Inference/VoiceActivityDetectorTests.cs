using Diarizer.Features;
using Diarizer.Networks.Inference;
using Diarizer.Networks.VoiceActivity;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Tests.Inference;

public sealed class VoiceActivityDetectorTests
{
    [Theory]
    [InlineData(64, 64, 2, 2)]
    [InlineData(9, 11, 1, 3)]
    [InlineData(40, 8, 0, 1)]
    public void Streaming_equals_the_batch_forward(int channels, int hidden, int reach, int layers)
    {
        var options = new VadNetworkOptions { Channels = channels, HiddenSize = hidden, Reach = reach, Layers = layers };
        using var network = Network(options);
        var logMel = new LogMel();
        var samples = TestSignals.Noise(16_000);
        var frames = new float[logMel.FrameCount(samples.Length) * 40];
        logMel.Compute(samples, frames);
        using var scope = NewDisposeScope();
        var logits = TestSignals.Values(network.call(tensor(frames).reshape(1, -1, 40)));

        using var model = new VoiceActivityModel(network, logMel.Options);
        var probabilities = new List<float>();
        using var detector = model.CreateDetector();
        detector.Push(samples, probabilities);

        Assert.Equal(logits.Length - network.LookAhead, probabilities.Count);
        for (int i = 0; i < probabilities.Count; i++)
            Assert.Equal(1 / (1 + Math.Exp(-logits[i])), probabilities[i], 1e-5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(160)]
    [InlineData(1_600)]
    public void The_cutting_of_the_input_changes_no_bit(int piece)
    {
        using var network = Network(new VadNetworkOptions());
        using var model = new VoiceActivityModel(network, new LogMelOptions());
        var samples = TestSignals.Noise(12_345);
        Assert.Equal(Run(model, samples, samples.Length), Run(model, samples, piece));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(159, 0)]
    [InlineData(160, 1)]
    [InlineData(1_000, 6)]
    [InlineData(16_000, 100)]
    public void Finishing_completes_the_whole_frames(int samples, int frames)
    {
        using var network = Network(new VadNetworkOptions());
        using var model = new VoiceActivityModel(network, new LogMelOptions());
        Assert.Equal(frames, Run(model, TestSignals.Noise(samples), 1_600).Count);
    }

    [Fact]
    public void Finishing_is_as_if_silence_followed()
    {
        using var network = Network(new VadNetworkOptions());
        using var model = new VoiceActivityModel(network, new LogMelOptions());
        var samples = TestSignals.Noise(3_200);
        var finished = Run(model, samples, 3_200);
        var continued = Run(model, [.. samples, .. new float[3_200]], 6_400);
        Assert.Equal(continued[..20], finished);
    }

    [Fact]
    public void A_frame_is_known_within_the_stated_latency()
    {
        using var network = Network(new VadNetworkOptions());
        using var model = new VoiceActivityModel(network, new LogMelOptions());
        using var detector = model.CreateDetector();
        var probabilities = new List<float>();
        Assert.Equal(880, detector.LatencySamples);
        var noise = TestSignals.Noise(160 + detector.LatencySamples);
        detector.Push(noise.AsSpan(..^1), probabilities);
        Assert.Empty(probabilities);
        detector.Push(noise.AsSpan(^1..), probabilities);
        Assert.Single(probabilities);
    }

    [Fact]
    public void Reset_starts_a_new_stream_and_finish_ends_one()
    {
        using var network = Network(new VadNetworkOptions());
        using var model = new VoiceActivityModel(network, new LogMelOptions());
        using var detector = model.CreateDetector();
        var samples = TestSignals.Noise(5_000);
        List<float> first = [], second = [];
        detector.Push(samples, first);
        detector.Finish(first);
        Assert.Throws<InvalidOperationException>(() => detector.Push(samples, first));
        detector.Reset();
        detector.Push(samples, second);
        detector.Finish(second);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Pushing_allocates_nothing()
    {
        using var network = Network(new VadNetworkOptions());
        using var model = new VoiceActivityModel(network, new LogMelOptions());
        using var detector = model.CreateDetector();
        var samples = TestSignals.Noise(1_600);
        var probabilities = new List<float>(4_096);
        for (int i = 0; i < 4; i++)
            detector.Push(samples, probabilities);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
            detector.Push(samples, probabilities);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Samples_that_are_not_numbers_do_not_poison_the_state()
    {
        using var network = Network(new VadNetworkOptions());
        using var model = new VoiceActivityModel(network, new LogMelOptions());
        var samples = TestSignals.Noise(8_000);
        samples.AsSpan(2_000, 500).Fill(float.NaN);
        Assert.All(Run(model, samples, 160), p => Assert.InRange(p, 0, 1));
    }

    [Fact]
    public void A_front_end_with_another_hop_is_refused()
    {
        using var network = Network(new VadNetworkOptions());
        Assert.Contains("hop", Assert.Throws<UserErrorException>(() => new VoiceActivityModel(network, new LogMelOptions { Hop = 80 })).Message, StringComparison.Ordinal);
    }

    private static VadNetwork Network(VadNetworkOptions options)
    {
        manual_seed(3);
        var network = new VadNetwork(options);
        network.SetNormalisation([.. Enumerable.Range(0, 40).Select(i => -6 - i / 20f)], [.. Enumerable.Range(0, 40).Select(i => 2 + i / 40f)]);
        network.eval();
        return network;
    }

    private static List<float> Run(VoiceActivityModel model, float[] samples, int piece)
    {
        using var detector = model.CreateDetector();
        var probabilities = new List<float>();
        for (int start = 0; start < samples.Length; start += piece)
            detector.Push(samples.AsSpan(start, Math.Min(piece, samples.Length - start)), probabilities);
        detector.Finish(probabilities);
        return probabilities;
    }
}
