using System.Runtime.CompilerServices;
using Diarizer.Audio;
using Diarizer.Mqtt.Contract;
using Diarizer.Service.Publishing;
using Diarizer.Streaming.Events;

namespace Diarizer.Service.Streams;

/// <summary>One session of one stream, from its first sample to the end of its last turn. Used by the stream's worker alone.</summary>
internal sealed class SessionRun
{
    private readonly DiarizationLane _lane;
    private readonly IReadOnlyList<IEventSink> _sinks;
    private readonly CaptureAnchor _anchor;
    private readonly StreamMeter _meter;
    private long _position;
    private int _turns;

    /// <summary>Begins; the sinks hear of it.</summary>
    public SessionRun(StreamSession session, Func<StreamSession, Action<DiarizationEvent>, DiarizationLane> openLane, IReadOnlyList<IEventSink> sinks, StreamMeter meter, TimeProvider time)
    {
        (Session, _sinks, _meter, _anchor) = (session, sinks, meter, new CaptureAnchor(time));
        meter.Position = 0;
        _lane = openLane(session, Publish);
        foreach (var sink in sinks)
            sink.SessionStarted(session);
    }

    /// <summary>What its events belong to.</summary>
    public StreamSession Session { get; }

    /// <summary>Takes in lost audio and then audio.</summary>
    /// <param name="gap">Samples that were lost before.</param>
    /// <param name="samples">The audio; may be empty.</param>
    /// <param name="backlog">Samples captured after these.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WriteAsync(long gap, ReadOnlyMemory<float> samples, int backlog)
    {
        _position += gap + samples.Length;
        _meter.Position = _position;
        _anchor.Set(_position + backlog);
        if (gap > 0)
            await _lane.WriteGapAsync(gap).ConfigureAwait(false);
        if (!samples.IsEmpty)
            await _lane.WriteAsync(samples.Span).ConfigureAwait(false);
    }

    /// <summary>Changes who is who; the sinks hear of it.</summary>
    public T Edit<T>(Func<SessionSpeakers, T> edit)
    {
        var result = edit(new SessionSpeakers(Session, _lane.Core));
        _lane.PublishEvents();
        foreach (var sink in _sinks)
            sink.SpeakersChanged(Session, _lane.Core.Speakers);
        return result;
    }

    /// <summary>Ends the open turns; the sinks hear of the end.</summary>
    /// <param name="failure">Why it could not go on; null when it was meant to end.</param>
    /// <exception cref="InvalidOperationException">The core stopped in the middle of a question; the session is closed all the same.</exception>
    public async ValueTask<StreamSummary> EndAsync(string? failure)
    {
        try
        {
            await _lane.CompleteAsync().ConfigureAwait(false);
        }
        finally
        {
            Close(failure);
        }

        return Summary(failure);
    }

    private void Close(string? failure)
    {
        var summary = Summary(failure);
        foreach (var sink in _sinks)
            sink.SessionEnded(Session, summary);
    }

    private StreamSummary Summary(string? failure) => new(_position, _turns, [.. _lane.Core.Speakers], failure);

    private void Publish(DiarizationEvent e)
    {
        var published = new StreamEvent(Session, e, _anchor.AgeOf(e.At));
        _meter.AddLag(published.Processing);
        foreach (var sink in _sinks)
            sink.Publish(published);
        if (e is SpeakerRenumbered { Reason: RenumberingReason.Merged or RenumberingReason.Recognised } merged)
            TellMerge(merged);
        if (e is not TurnChanged { Kind: TurnEventKind.Ended or TurnEventKind.Revised } turn)
            return;
        if (turn.IsWithdrawn)
            _turns--;
        else if (turn.Kind == TurnEventKind.Ended || turn.Revision == 0)
            _turns++;
        foreach (var sink in _sinks)
            sink.SpeakersChanged(Session, _lane.Core.Speakers);
    }

    private void TellMerge(SpeakerRenumbered merged)
    {
        string from = SpeakerMessage.IdOf(merged.From), into = SpeakerMessage.IdOf(merged.To);
        var incident = new StreamIncident(Session.Stream, NodeEventType.SpeakerMerged, $"{from} is {into} from now on.", Speaker: from, MergedInto: into);
        foreach (var sink in _sinks)
            sink.Happened(incident);
    }
}
