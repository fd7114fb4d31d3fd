using Diarizer.Features;
using Diarizer.Networks.Inference;
using Diarizer.Networks.Models;
using Diarizer.Networks.Trunks;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Tests.Inference;

public sealed class SpeakerEmbedderTests
{
    private static readonly LogMelOptions FrontEnd = new();

    [Fact]
    public void Embeddings_have_unit_length_and_keep_their_order()
    {
        using var embedder = Embedder();
        Assert.Equal(64, embedder.Dimension);
        var windows = Windows(8_000, 12_000, 8_000, 4_000, 12_000);
        var together = Embed(embedder, windows);
        for (int i = 0; i < windows.Count; i++)
        {
            var row = together.AsSpan(i * 64, 64);
            Assert.Equal(1, System.Numerics.Tensors.TensorPrimitives.Norm<float>(row), 1e-5);
            Assert.Equal(Embed(embedder, [windows[i]]), row.ToArray());
        }
    }

    [Fact]
    public void A_batch_gives_what_single_windows_give()
    {
        using var single = Embedder();
        using var batching = new SpeakerEmbedder(Network(), FrontEnd, CPU, minimumSamples: 4_000, largestBatch: 3);
        var windows = Windows(8_000, 12_000, 8_000, 8_000, 12_000, 8_000);
        var (expected, given) = (Embed(single, windows), Embed(batching, windows));
        for (int i = 0; i < given.Length; i++)
            Assert.Equal(expected[i], given[i], 1e-5);
    }

    [Fact]
    public void Equals_the_network_on_the_log_mel()
    {
        using var scope = NewDisposeScope();
        using var network = Network();
        var samples = TestSignals.Noise(16_000);
        var logMel = new LogMel(FrontEnd);
        var frames = new float[logMel.FrameCount(samples.Length) * 40];
        logMel.Compute(samples, frames);
        network.eval();
        var raw = TestSignals.Values(network.call(tensor(frames).reshape(1, -1, 40).transpose(1, 2)));
        double norm = Math.Sqrt(raw.Sum(v => v * (double)v));
        using var embedder = new SpeakerEmbedder(network, FrontEnd, CPU);
        var given = Embed(embedder, [samples]);
        for (int d = 0; d < given.Length; d++)
            Assert.Equal(raw[d] / norm, given[d], 1e-4);
    }

    [Fact]
    public void A_card_may_give_a_spectrogram_front_end()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var network = TestSignals.Shaken(new ThinResNet34(new ThinResNet34Options { InputBins = 129, OutputSize = 32 }));
        var card = new ModelCard
        {
            Name = "spectrogram",
            Kind = ModelKind.SpeakerEmbedding,
            Network = ThinResNet34.NetworkName,
            Spectrogram = new SpectrogramOptions { WindowLength = 256, DftSize = 256 },
        }.WithNetworkOptions(network.Options);
        ModelFile.Save(folder.File("s.safetensors"), card, network);
        var samples = TestSignals.Noise(16_000);
        var spectrogram = new Spectrogram(card.Spectrogram);
        var frames = new float[spectrogram.FrameCount(samples.Length) * 129];
        spectrogram.Compute(samples, frames);
        network.eval();
        var expected = TestSignals.Values(nn.functional.normalize(network.call(tensor(frames).reshape(1, -1, 129).transpose(1, 2))));
        using var embedder = SpeakerEmbedder.Load(folder.File("s.json"), "cpu");
        var given = Embed(embedder, [samples]);
        for (int d = 0; d < given.Length; d++)
            Assert.Equal(expected[d], given[d], 1e-4);
    }

    [Fact]
    public void Several_threads_get_what_one_gets()
    {
        using var embedder = Embedder();
        var windows = Windows(4_000, 4_800, 4_000);
        var expected = Embed(embedder, windows);
        Parallel.For(0, 4, _ =>
        {
            var given = Embed(embedder, windows);
            for (int d = 0; d < given.Length; d++)
                Assert.Equal(expected[d], given[d], 1e-5);
        });
    }

    [Fact]
    public void Silence_gives_a_finite_embedding()
    {
        using var embedder = Embedder();
        Assert.All(Embed(embedder, [new float[16_000]]), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void A_short_window_or_too_little_room_is_an_argument_error()
    {
        using var embedder = Embedder();
        Assert.Contains("at least 4000", Assert.Throws<ArgumentException>(() => Embed(embedder, [new float[3_999]])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => embedder.Embed([new float[4_000]], new float[63]));
        embedder.Embed([], []);
    }

    [Fact]
    public void Thousands_of_embeddings_leave_no_memory_behind()
    {
        using var network = new FastResNet34(new FastResNet34Options { Channels = [8, 8, 8, 8], Blocks = [1, 1, 1, 1], OutputSize = 16 });
        using var embedder = new SpeakerEmbedder(network, FrontEnd, CPU, minimumSamples: 2_000);
        var windows = Windows(2_000, 2_000);
        var room = new float[32];
        for (int i = 0; i < 500; i++)
            embedder.Embed(windows, room);
        GC.Collect();
        long before = Environment.WorkingSet;
        for (int i = 0; i < 2_500; i++)
            embedder.Embed(windows, room);
        GC.Collect();
        // One activation kept per call would be 35 MB; the allocator and the runtime settle within some 13 MB on a busy machine.
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 20 << 20);
    }

    private static FastResNet34 Network()
    {
        manual_seed(5);
        return TestSignals.Shaken(new FastResNet34(new FastResNet34Options { OutputSize = 64 }));
    }

    private static SpeakerEmbedder Embedder() => new(Network(), FrontEnd, CPU, minimumSamples: 4_000);

    private static List<ReadOnlyMemory<float>> Windows(params int[] lengths) =>
        [.. lengths.Select((length, i) => (ReadOnlyMemory<float>)TestSignals.Noise(length, i + 1))];

    private static float[] Embed(SpeakerEmbedder embedder, List<ReadOnlyMemory<float>> windows)
    {
        var embeddings = new float[windows.Count * embedder.Dimension];
        embedder.Embed(windows, embeddings);
        return embeddings;
    }
}
