using Diarizer.Mqtt.Contract;
using Diarizer.Networks.Inference;
using Diarizer.Service.Publishing;
using Diarizer.Service.Streams;
using Diarizer.Streaming;
using Diarizer.Streaming.Events;

namespace Diarizer.Service.Tests.Streams;

public sealed class SessionRunTests
{
    [Fact]
    public async Task The_summary_counts_the_turns_that_there_are()
    {
        var sink = new Sink();
        Action<DiarizationEvent> publish = _ => { };
        var run = new SessionRun(StreamSession.StartNow("hall", "boot", TimeProvider.System), Open, [sink], new StreamMeter(TimeProvider.System), TimeProvider.System);
        publish(Turn(TurnEventKind.Started, 1, 0, 0, 100));
        publish(Turn(TurnEventKind.Ended, 1, 1, 0, 200));
        publish(Turn(TurnEventKind.Ended, 2, 1, 300, 400));
        publish(Turn(TurnEventKind.Revised, 1, 2, 0, 250));
        // Nobody heard the third live, and nobody said the second.
        publish(Turn(TurnEventKind.Revised, 3, 0, 100, 150));
        publish(Turn(TurnEventKind.Revised, 4, 0, 500, 550));
        publish(Turn(TurnEventKind.Revised, 2, 2, 300, 300));
        Assert.Equal(3, (await run.EndAsync(null)).Turns);
        Assert.Equal(3, sink.Turns);

        DiarizationLane Open(StreamSession session, Action<DiarizationEvent> told)
        {
            publish = told;
            return new DiarizationLane(new StreamingDiarizer(new Silence(), 4, 4_000, new PipelineOptions()), null!, told);
        }
    }

    private static TurnChanged Turn(TurnEventKind kind, int id, int revision, long start, long end) =>
        new(end, kind, id, revision, new SpeakerLabel(1, 0.9f, true), start, end, kind == TurnEventKind.Started ? null : TurnEndReason.Silence);

    private sealed class Sink : IEventSink
    {
        public int Turns { get; private set; }

        public void SessionStarted(StreamSession session)
        {
        }

        public void Publish(StreamEvent e)
        {
        }

        public void SessionEnded(StreamSession session, StreamSummary summary) => Turns = summary.Turns;
    }

    private sealed class Silence : IVoiceActivityDetector
    {
        public int LatencySamples => 0;

        public void Push(ReadOnlySpan<float> samples, List<float> probabilities)
        {
        }

        public void Finish(List<float> probabilities)
        {
        }

        public void Reset()
        {
        }

        public void Dispose()
        {
        }
    }
}
