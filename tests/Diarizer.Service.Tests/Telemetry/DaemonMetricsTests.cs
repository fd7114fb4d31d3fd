using Diarizer.Mqtt.Contract;
using Diarizer.Networks.Inference;
using Diarizer.Service.Embedding;
using Diarizer.Service.Streams;
using Diarizer.Streaming.Events;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Service.Tests.Telemetry;

[Collection(MeterCollection.Name)]
public sealed class DaemonMetricsTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly Collected _collected;

    public DaemonMetricsTests() => _collected = new Collected(_clock);

    [Fact]
    public async Task Each_call_of_the_network_is_measured_with_its_size_and_time()
    {
        using var network = new SlowNetwork(_clock);
        await using var service = new EmbeddingService(network, new EmbeddingPlan(1, 3, TimeSpan.FromSeconds(30), 3), _clock, _collected.Metrics.Embedding);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ => await service.OpenLane().EmbedAsync(new float[16])));
        Assert.Equal([("", 3)], _collected.Take("diarizer.embeddings"));
        Assert.Equal([("", 3)], _collected.Take("diarizer.embedding.batch"));
        Assert.Equal(("", 0.04), Assert.Single(_collected.Take("diarizer.embedding.time")));
        Assert.Equal(("", 0), _collected.Take("diarizer.embedding.queue")[^1]);
    }

    [Fact]
    public void Lag_and_turns_are_counted_by_stream()
    {
        var session = StreamSession.StartNow("hall", "boot", _clock);
        var events = _collected.Metrics.Events;
        events.SessionStarted(session);
        events.Publish(new(session, Turn(TurnEventKind.Started), TimeSpan.FromSeconds(0.2)));
        events.Publish(new(session, Turn(TurnEventKind.Ended), TimeSpan.FromSeconds(0.4)));
        events.Publish(new(session, Turn(TurnEventKind.Revised), TimeSpan.FromSeconds(0.1)));
        Assert.Equal([("stream=hall", 0.2), ("stream=hall", 0.4), ("stream=hall", 0.1)], _collected.Take("diarizer.lag"));
        Assert.Equal([("stream=hall", 1)], _collected.Take("diarizer.turns"));
        Assert.Equal([("stream=hall", 1)], _collected.Take("diarizer.revisions"));
    }

    [Fact]
    public void Speakers_are_those_of_running_sessions()
    {
        var session = StreamSession.StartNow("hall", "boot", _clock);
        var events = _collected.Metrics.Events;
        events.SessionStarted(session);
        Assert.Equal([("stream=hall", 0)], _collected.Take("diarizer.speakers"));
        events.SpeakersChanged(session, [new SpeakerSummary(1, 2.5, 40000, 3), new SpeakerSummary(-1, 1, 60000, 1)]);
        Assert.Equal([("stream=hall", 2)], _collected.Take("diarizer.speakers"));
        events.SessionEnded(session, new StreamSummary(0, 0, [], null));
        Assert.Equal([("stream=hall", 0)], _collected.Take("diarizer.speakers"));
    }

    [Fact]
    public void Uptime_is_that_of_the_clock()
    {
        _clock.Advance(90);
        Assert.Equal([("", 90)], _collected.Take("diarizer.uptime"));
    }

    [Fact]
    public void Without_a_broker_nothing_is_said_of_it() => Assert.Empty(_collected.Take("diarizer.broker.up"));

    public void Dispose() => _collected.Dispose();

    private static TurnChanged Turn(TurnEventKind kind) => new(16000, kind, 1, 0, default, 0, 16000, null);

    private sealed class SlowNetwork(ManualClock clock) : ISpeakerEmbedder
    {
        public int Dimension => 2;

        public int MinimumSamples => 1;

        public void Embed(IReadOnlyList<ReadOnlyMemory<float>> windows, Span<float> embeddings)
        {
            clock.Advance(0.04);
            embeddings.Clear();
        }

        public void Dispose()
        {
        }
    }
}
