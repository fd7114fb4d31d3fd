using Diarizer.Audio;
using Diarizer.Audio.Capturing;
using Diarizer.Audio.Sources;
using Diarizer.Mqtt.Contract;
using Diarizer.Networks.Inference;
using Diarizer.Service.Embedding;
using Diarizer.Service.Options;
using Diarizer.Service.Publishing;
using Diarizer.Service.Streams;
using Diarizer.Streaming;
using Diarizer.Streaming.Events;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diarizer.Service.Tests.Streams;

public class StreamWorkerTests
{
    /// <summary>Speech without end: ones, in pieces of 100 ms, with a loss and a failure where told.</summary>
    private sealed class Voice(int seconds, string? failure = null, bool live = false) : IAudioSource
    {
        private int _pieces;

        public string Uri => "test:voice";

        public AudioFormat Format => new(SampleClock.Rate, 1);

        public bool IsLive => live;

        public AudioRead Read(Span<float> interleaved)
        {
            if (live)
            {
                Thread.Sleep(10);
                interleaved[..SampleClock.Hop].Fill(1);
                return new AudioRead(SampleClock.Hop, 0, false);
            }

            if (_pieces >= seconds * 10)
                return failure is null ? new AudioRead(0, 0, true) : throw new UserErrorException(failure);
            interleaved[..1600].Fill(1);
            // One second is lost after the first.
            return new AudioRead(1600, _pieces++ == 10 ? SampleClock.Rate : 0, false);
        }

        public void Dispose()
        {
        }
    }

    /// <summary>What is louder than nothing is speech.</summary>
    private sealed class Loudness : IVoiceActivityDetector
    {
        private int _rest;

        public int LatencySamples => 0;

        public void Push(ReadOnlySpan<float> samples, List<float> probabilities)
        {
            for (_rest += samples.Length; _rest >= SampleClock.Hop; _rest -= SampleClock.Hop)
                probabilities.Add(samples[^1]);
        }

        public void Finish(List<float> probabilities)
        {
        }

        public void Reset() => _rest = 0;

        public void Dispose()
        {
        }
    }

    private sealed class OneSpeaker(bool broken = false) : ISpeakerEmbedder
    {
        public int Dimension => 2;

        public int MinimumSamples => 8000;

        public void Embed(IReadOnlyList<ReadOnlyMemory<float>> windows, Span<float> embeddings)
        {
            if (broken)
                throw new InvalidOperationException("out of memory");
            for (var i = 0; i < windows.Count; i++)
                (embeddings[2 * i], embeddings[2 * i + 1]) = (1, 0);
        }

        public void Dispose()
        {
        }
    }

    private sealed class Sink : IEventSink
    {
        private readonly List<object> _heard = [];

        public IReadOnlyList<object> Heard
        {
            get
            {
                lock (_heard)
                    return [.. _heard];
            }
        }

        public IReadOnlyList<StreamSummary> Ended => [.. Heard.OfType<StreamSummary>()];

        public IReadOnlyList<StreamSession> Started => [.. Heard.OfType<StreamSession>()];

        public void SessionStarted(StreamSession session) => Add(session);

        public void Publish(StreamEvent e) => Add(e.Event);

        public void SessionEnded(StreamSession session, StreamSummary summary) => Add(summary);

        public void StatusChanged(string stream, StreamStatus status) => Add(status);

        public void Happened(StreamIncident incident) => Add(incident);

        private void Add(object heard)
        {
            lock (_heard)
                _heard.Add(heard);
        }
    }

    /// <summary>A worker with all that it needs, running.</summary>
    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly OneSpeaker _network;
        private readonly EmbeddingService _embeddings;
        private readonly Task<string?> _ended;

        public Running(IAudioSource source, bool brokenEmbedder = false)
        {
            _network = new OneSpeaker(brokenEmbedder);
            _embeddings = new EmbeddingService(_network, EmbeddingPlan.For(new EmbeddingOptions(), gpu: false, streams: 1), TimeProvider.System);
            Monitor = new StreamMonitor("room", NullLogger.Instance);
            Worker = new StreamWorker(Monitor, Capture.Start(source), source.IsLive, "boot", OpenLane, [Sink], TimeProvider.System, NullLogger<StreamWorker>.Instance);
            _ended = Worker.RunAsync(_stop.Token);
        }

        public Sink Sink { get; } = new();

        public StreamMonitor Monitor { get; }

        public StreamWorker Worker { get; }

        public Task<string?> EndAsync() => _ended.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        public async Task<string?> StopAsync()
        {
            await _stop.CancelAsync();
            return await EndAsync();
        }

        public async Task WaitForAsync(Func<IReadOnlyList<object>, bool> heard)
        {
            for (var i = 0; i < 2000 && !heard(Sink.Heard); i++)
                await Task.Delay(10, TestContext.Current.CancellationToken);
            Assert.True(heard(Sink.Heard), string.Join("\n", Sink.Heard));
        }

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            await _embeddings.DisposeAsync();
            _network.Dispose();
            _stop.Dispose();
        }

        private DiarizationLane OpenLane(StreamSession session, Action<DiarizationEvent> publish) =>
            new(new StreamingDiarizer(new Loudness(), _embeddings.Dimension, _embeddings.MinimumSamples, new PipelineOptions()), _embeddings.OpenLane(), publish);
    }

    /// <summary>A device that never delivers anything.</summary>
    private sealed class Nothing : IAudioSource
    {
        public string Uri => "test:nothing";

        public AudioFormat Format => new(SampleClock.Rate, 1);

        public bool IsLive => true;

        public AudioRead Read(Span<float> interleaved)
        {
            Thread.Sleep(20);
            return default;
        }

        public void Dispose()
        {
        }
    }

    [Fact]
    public async Task A_source_that_ends_ends_its_turns()
    {
        await using var running = new Running(new Voice(seconds: 4));
        Assert.Null(await running.EndAsync());
        var heard = running.Sink.Heard;
        var summary = Assert.Single(running.Sink.Ended);
        Assert.Equal(5 * SampleClock.Rate, summary.Position);
        Assert.Equal([StreamStatus.Online, StreamStatus.Offline], heard.OfType<StreamStatus>());
        Assert.Equal(StreamStatus.Offline, heard[^1]);
        var turns = heard.OfType<TurnChanged>().ToList();
        Assert.Equal(summary.Turns, turns.Count(t => t.Kind == TurnEventKind.Ended));
        Assert.Contains(turns, t => t.EndReason == TurnEndReason.Gap);
        Assert.Contains(turns, t => t.EndReason == TurnEndReason.SessionEnd);
        Assert.Contains(heard.OfType<AudioGap>(), gap => gap.Length == SampleClock.Rate);
        Assert.Equal((NodeEventType.AudioGap, 1000L), heard.OfType<StreamIncident>().Select(i => (i.Kind, i.LengthMs!.Value)).Single());
        Assert.Single(summary.Speakers);
        Assert.True(running.Worker.Passes > 0);
    }

    [Fact]
    public async Task A_source_that_fails_ends_its_turns_and_says_why()
    {
        await using var running = new Running(new Voice(seconds: 3, failure: "The cable was cut."));
        Assert.Equal("The cable was cut.", await running.EndAsync());
        Assert.Equal("The cable was cut.", Assert.Single(running.Sink.Ended).Failure);
        Assert.Contains(running.Sink.Heard.OfType<TurnChanged>(), t => t.EndReason == TurnEndReason.SessionEnd);
    }

    [Fact]
    public async Task A_stop_ends_a_live_stream_at_once()
    {
        await using var running = new Running(new Voice(seconds: 10_000, live: true));
        await running.WaitForAsync(heard => heard.OfType<TurnChanged>().Any());
        Assert.Null(await running.StopAsync());
        Assert.Equal(StreamStatus.Offline, running.Sink.Heard[^1]);
    }

    [Fact]
    public async Task A_network_that_fails_closes_the_stream()
    {
        await using var running = new Running(new Voice(seconds: 3), brokenEmbedder: true);
        Assert.NotNull(await running.EndAsync());
        Assert.NotNull(Assert.Single(running.Sink.Ended).Failure);
        Assert.Equal(StreamStatus.Offline, running.Sink.Heard[^1]);
    }

    [Fact]
    public async Task A_muted_stream_hears_nothing_and_its_session_goes_on()
    {
        await using var running = new Running(new Voice(seconds: 10_000, live: true));
        await running.WaitForAsync(heard => heard.OfType<TurnChanged>().Any());
        Assert.Equal(StreamStatus.Muted, await running.Worker.SetMutedAsync(true));
        await running.WaitForAsync(heard => heard.OfType<TurnChanged>().Any(t => t.EndReason == TurnEndReason.Silence));
        var turns = running.Sink.Heard.OfType<TurnChanged>().Count(t => t.Kind == TurnEventKind.Started);
        await Task.Delay(1000, TestContext.Current.CancellationToken);
        Assert.Equal(turns, running.Sink.Heard.OfType<TurnChanged>().Count(t => t.Kind == TurnEventKind.Started));
        Assert.Equal(StreamStatus.Online, await running.Worker.SetMutedAsync(false));
        await running.WaitForAsync(heard => heard.OfType<TurnChanged>().Count(t => t.Kind == TurnEventKind.Started) > turns);
        Assert.Equal([StreamStatus.Online, StreamStatus.Muted, StreamStatus.Online], running.Sink.Heard.OfType<StreamStatus>());
        Assert.Single(running.Sink.Started);
    }

    [Fact]
    public async Task A_new_session_ends_the_old_one_and_numbers_everything_anew()
    {
        await using var running = new Running(new Voice(seconds: 10_000, live: true));
        await running.WaitForAsync(heard => heard.OfType<TurnChanged>().Any(t => t.Speaker.Decided));
        var second = await running.Worker.StartSessionAsync();
        await running.WaitForAsync(heard => heard.OfType<TurnChanged>().Count(t => t is { TurnId: 1, Kind: TurnEventKind.Started }) == 2);
        var first = Assert.Single(running.Sink.Ended);
        Assert.Single(first.Speakers);
        Assert.Equal([second], running.Sink.Started.Skip(1));
        Assert.NotEqual(running.Sink.Started[0].SessionId, second.SessionId);
        Assert.Contains(running.Sink.Heard.OfType<TurnChanged>(), t => t.EndReason == TurnEndReason.SessionEnd);
    }

    [Fact]
    public async Task After_the_end_of_a_session_nothing_is_said_until_another_begins()
    {
        await using var running = new Running(new Voice(seconds: 10_000, live: true));
        await running.WaitForAsync(heard => heard.OfType<TurnChanged>().Any());
        var ended = await running.Worker.EndSessionAsync();
        Assert.Equal(running.Sink.Started[0], ended);
        var count = running.Sink.Heard.Count;
        var e = await Assert.ThrowsAsync<UserErrorException>(running.Worker.EndSessionAsync);
        Assert.Contains("session/start", e.Message, StringComparison.Ordinal);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.Equal(count, running.Sink.Heard.Count);
        await running.Worker.StartSessionAsync();
        await running.WaitForAsync(heard => heard.OfType<TurnChanged>().Count(t => t is { TurnId: 1, Kind: TurnEventKind.Started }) == 2);
    }

    [Fact]
    public async Task Orders_do_not_wait_for_audio_and_are_refused_after_the_end()
    {
        await using var running = new Running(new Nothing());
        await running.Worker.StartSessionAsync().WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        await running.StopAsync();
        var e = await Assert.ThrowsAsync<UserErrorException>(() => running.Worker.SetMutedAsync(true));
        Assert.Contains("has ended", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_device_is_told_once_and_its_return_too()
    {
        await using var running = new Running(new Nothing());
        foreach (var kind in (SourceEventKind[])[SourceEventKind.DeviceLost, SourceEventKind.DeviceLost, SourceEventKind.NoFrames, SourceEventKind.Reopened])
            running.Monitor.Take(new(kind, "test:nothing", "It is so."));
        Assert.Equal([NodeEventType.DeviceLost, NodeEventType.DeviceBack], running.Sink.Heard.OfType<StreamIncident>().Select(i => i.Kind));
        Assert.Equal([StreamStatus.Online, StreamStatus.Degraded, StreamStatus.Online], running.Sink.Heard.OfType<StreamStatus>());
    }
}
