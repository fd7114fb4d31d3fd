using Diarizer.Audio;
using Diarizer.Audio.Capturing;
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
        public List<object> Heard { get; } = [];

        public void StreamOpened(StreamSession session) => Heard.Add("opened");

        public void Publish(StreamEvent e) => Heard.Add(e.Event);

        public void StreamClosed(StreamSession session, StreamSummary summary) => Heard.Add("closed");
    }

    private static async Task<(StreamSummary Summary, Sink Sink, StreamWorker Worker)> RunAsync(IAudioSource source, bool brokenEmbedder = false, double stopAfter = 60)
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(stopAfter));
        using var network = new OneSpeaker(brokenEmbedder);
        await using var embeddings = new EmbeddingService(network, EmbeddingPlan.For(new EmbeddingOptions(), gpu: false, streams: 1), TimeProvider.System);
        var core = new StreamingDiarizer(new Loudness(), embeddings.Dimension, embeddings.MinimumSamples, new PipelineOptions());
        var sink = new Sink();
        var session = StreamSession.StartNow("room", "boot", TimeProvider.System);
        var worker = new StreamWorker(
            session, Capture.Start(source), source.IsLive, publish => new DiarizationLane(core, embeddings.OpenLane(), publish), [sink], TimeProvider.System, NullLogger<StreamWorker>.Instance);
        return (await worker.RunAsync(stop.Token), sink, worker);
    }

    [Fact]
    public async Task A_source_that_ends_ends_its_turns()
    {
        var (summary, sink, worker) = await RunAsync(new Voice(seconds: 4));
        Assert.Null(summary.Failure);
        Assert.Equal(5 * SampleClock.Rate, summary.Position);
        Assert.Equal(["opened", "closed"], sink.Heard.Where(h => h is string));
        Assert.Same(sink.Heard[^1], sink.Heard.Last(h => h is string));
        var turns = sink.Heard.OfType<TurnChanged>().ToList();
        Assert.Equal(summary.Turns, turns.Count(t => t.Kind == TurnEventKind.Ended));
        Assert.Contains(turns, t => t.EndReason == TurnEndReason.Gap);
        Assert.Contains(turns, t => t.EndReason == TurnEndReason.SessionEnd);
        Assert.Contains(sink.Heard.OfType<AudioGap>(), gap => gap.Length == SampleClock.Rate);
        Assert.Single(summary.Speakers);
        Assert.True(worker.Passes > 0);
    }

    [Fact]
    public async Task A_source_that_fails_ends_its_turns_and_says_why()
    {
        var (summary, sink, _) = await RunAsync(new Voice(seconds: 3, failure: "The cable was cut."));
        Assert.Equal("The cable was cut.", summary.Failure);
        Assert.Equal("closed", sink.Heard[^1]);
        Assert.Contains(sink.Heard.OfType<TurnChanged>(), t => t.EndReason == TurnEndReason.SessionEnd);
    }

    [Fact]
    public async Task A_stop_ends_a_live_stream_at_once()
    {
        var (summary, sink, _) = await RunAsync(new Voice(seconds: 10_000, live: true), stopAfter: 0.5).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Null(summary.Failure);
        Assert.Equal("closed", sink.Heard[^1]);
    }

    [Fact]
    public async Task A_network_that_fails_closes_the_stream()
    {
        var (summary, sink, _) = await RunAsync(new Voice(seconds: 3), brokenEmbedder: true);
        Assert.NotNull(summary.Failure);
        Assert.Equal("closed", sink.Heard[^1]);
    }
}
