using Diarizer.Service.Embedding;
using Diarizer.Service.Models;
using Diarizer.Service.Options;
using Diarizer.Service.Streams;
using Diarizer.Service.Tests.EndToEnd;
using Diarizer.Streaming;
using Diarizer.Streaming.Events;

namespace Diarizer.Service.Tests.Streams;

/// <summary>With the real models: what is published depends on the audio alone.</summary>
[Collection(ExecutableCollection.Name)]
public sealed class InvarianceTests : IDisposable
{
    private readonly LoadedModels _models = LoadedModels.Load(null, "cpu", 1);

    public void Dispose() => _models.Dispose();

    private async Task<List<DiarizationEvent>> DiarizeAsync(EmbeddingService embeddings, float[] audio, int piece)
    {
        var events = new List<DiarizationEvent>();
        using var detector = _models.VoiceActivity.CreateDetector();
        var core = new StreamingDiarizer(detector, embeddings.Dimension, embeddings.MinimumSamples, new PipelineOptions());
        var lane = new DiarizationLane(core, embeddings.OpenLane(), events.Add);
        for (var start = 0; start < audio.Length; start += piece)
            await lane.WriteAsync(audio.AsSpan(start, Math.Min(piece, audio.Length - start)));
        await lane.CompleteAsync();
        return events;
    }

    private EmbeddingService Embeddings(int streams) => new(_models.Embedder, EmbeddingPlan.For(new EmbeddingOptions(), _models.OnGpu, streams), TimeProvider.System);

    [Fact]
    public async Task Feeding_10_ms_100_ms_or_everything_gives_identical_events()
    {
        var audio = Sample.Cut(0, 20);
        await using var embeddings = Embeddings(1);
        var whole = await DiarizeAsync(embeddings, audio, audio.Length);
        Assert.Contains(whole, e => e is TurnChanged { Kind: TurnEventKind.Ended });
        Assert.Equal(whole, await DiarizeAsync(embeddings, audio, 160));
        Assert.Equal(whole, await DiarizeAsync(embeddings, audio, 1600));
    }

    [Fact]
    public async Task Four_streams_at_once_equal_each_alone()
    {
        var rooms = Enumerable.Range(0, 4).Select(i => Sample.Cut(15 * i, 15)).ToArray();
        var alone = new List<List<DiarizationEvent>>();
        await using (var embeddings = Embeddings(1))
        {
            foreach (var room in rooms)
                alone.Add(await DiarizeAsync(embeddings, room, 1600));
        }

        await using var shared = Embeddings(4);
        var together = await Task.WhenAll(rooms.Select(room => Task.Run(() => DiarizeAsync(shared, room, 1600))));
        for (var i = 0; i < rooms.Length; i++)
            Assert.Equal(alone[i], together[i]);
    }
}
