using Diarizer.Networks.Inference;
using Diarizer.Service.Embedding;
using Diarizer.Service.Options;

namespace Diarizer.Service.Tests.Embedding;

public class EmbeddingServiceTests
{
    /// <summary>Answers (first sample, length) and notes the size of each batch.</summary>
    private sealed class Recorder : ISpeakerEmbedder
    {
        public List<int> Batches { get; } = [];

        public ManualResetEventSlim Gate { get; } = new(true);

        public int Dimension => 2;

        public int MinimumSamples => 1;

        public void Embed(IReadOnlyList<ReadOnlyMemory<float>> windows, Span<float> embeddings)
        {
            Gate.Wait(10_000);
            lock (Batches)
                Batches.Add(windows.Count);
            for (var i = 0; i < windows.Count; i++)
                (embeddings[2 * i], embeddings[2 * i + 1]) = windows[i].Span[0] < 0 ? throw new InvalidOperationException("negative") : (windows[i].Span[0], windows[i].Length);
        }

        public void Dispose() => Gate.Dispose();
    }

    private static async Task<float[]> Ask(EmbeddingLane lane, params float[] window) => (await lane.EmbedAsync(window)).ToArray();

    [Fact]
    public async Task Everybody_gets_the_own_embedding_from_one_call()
    {
        using var network = new Recorder();
        await using var service = new EmbeddingService(network, new EmbeddingPlan(1, 8, TimeSpan.FromSeconds(30), 3), TimeProvider.System);
        var answers = await Task.WhenAll(Enumerable.Range(1, 3).Select(i => Ask(service.OpenLane(), new float[i].Select(_ => (float)i).ToArray())));
        Assert.Equal([[1, 1], [2, 2], [3, 3]], answers);
        Assert.Equal([3], network.Batches);
    }

    [Fact]
    public async Task A_batch_leaves_at_its_deadline()
    {
        using var network = new Recorder();
        await using var service = new EmbeddingService(network, new EmbeddingPlan(1, 8, TimeSpan.FromMilliseconds(5), 4), TimeProvider.System);
        var answer = await Ask(service.OpenLane(), 7).WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        Assert.Equal([7f, 1f], answer);
        Assert.Equal([1], network.Batches);
    }

    [Fact]
    public async Task A_batch_never_exceeds_its_size()
    {
        using var network = new Recorder();
        network.Gate.Reset();
        await using var service = new EmbeddingService(network, new EmbeddingPlan(1, 2, TimeSpan.FromMilliseconds(1), 5), TimeProvider.System);
        var answers = Enumerable.Range(0, 5).Select(i => Ask(service.OpenLane(), i)).ToArray();
        network.Gate.Set();
        await Task.WhenAll(answers);
        Assert.Equal(5, network.Batches.Sum());
        Assert.All(network.Batches, size => Assert.InRange(size, 1, 2));
    }

    [Fact]
    public async Task A_lane_is_used_again_and_a_failure_reaches_its_stream_only()
    {
        using var network = new Recorder();
        await using var service = new EmbeddingService(network, EmbeddingPlan.For(new EmbeddingOptions(), gpu: false, streams: 2), TimeProvider.System);
        var lane = service.OpenLane();
        await Assert.ThrowsAsync<InvalidOperationException>(() => Ask(lane, -1));
        for (var i = 0; i < 100; i++)
        {
            var answer = await Ask(lane, i, 0);
            Assert.Equal([i, 2f], answer);
        }
    }

    [Fact]
    public async Task After_the_end_windows_are_refused()
    {
        using var network = new Recorder();
        var service = new EmbeddingService(network, EmbeddingPlan.For(new EmbeddingOptions(), gpu: false, streams: 1), TimeProvider.System);
        var lane = service.OpenLane();
        await service.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Ask(lane, 1));
    }

    [Fact]
    public void The_cpu_never_batches_nor_waits()
    {
        var plan = EmbeddingPlan.For(new EmbeddingOptions { MaxBatch = 32, DeadlineMs = 8 }, gpu: false, streams: 4);
        Assert.Equal((1, TimeSpan.Zero), (plan.MaxBatch, plan.Deadline));
    }
}
