using Diarizer.Audio;
using Diarizer.Mqtt.Contract;
using Diarizer.Service.Publishing;
using Diarizer.Service.Streams;
using Diarizer.Streaming.Events;
using Diarizer.Streaming.Scoring;

namespace Diarizer.Service.Control;

/// <summary>
/// Who spoke when in the latest session of each stream, for commands that ask later. Of a session the last <see cref="MaximumTurns"/> turns are kept, more than a day of
/// conversation; older ones are forgotten. Safe for concurrent use.
/// </summary>
public sealed class TurnHistory : IEventSink
{
    /// <summary>Turns kept of a stream.</summary>
    public const int MaximumTurns = 20_000;

    // An open turn goes on at least until now, and nobody asks about later.
    private const double NotEnded = 1e7;

    private readonly SortedDictionary<string, SessionTurns> _streams = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public void SessionStarted(StreamSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        lock (_gate)
            _streams[session.Stream] = new SessionTurns(session, []);
    }

    /// <inheritdoc/>
    public void Publish(StreamEvent e)
    {
        if (e.Event is not TurnChanged turn)
            return;
        lock (_gate)
        {
            if (_streams.TryGetValue(e.Session.Stream, out var turns) && turns.Session.SessionId == e.Session.SessionId)
                turns.Add(turn);
        }
    }

    /// <inheritdoc/>
    public void SessionEnded(StreamSession session, StreamSummary summary)
    {
        // It can still be asked about.
    }

    /// <summary>The latest session of a stream and its turns, in seconds from the session's start.</summary>
    /// <param name="stream">Name of the stream; null for the only one.</param>
    /// <exception cref="UserErrorException">No session began on that stream, or there are several streams and none is named.</exception>
    public (StreamSession Session, IReadOnlyList<SpeakerSegment> Turns) Of(string? stream)
    {
        lock (_gate)
        {
            if (stream is null && _streams.Count > 1)
                throw new UserErrorException($"data.stream is missing; there are: {string.Join(", ", _streams.Keys)}.");
            if (!_streams.TryGetValue(stream ?? _streams.Keys.FirstOrDefault(""), out var turns))
                throw new UserErrorException(_streams.Count == 0 ? "No session began yet; give data.turns." : $"There is no such stream; there are: {string.Join(", ", _streams.Keys)}.");
            return (turns.Session, turns.ToSegments());
        }
    }

    private sealed record SessionTurns(StreamSession Session, SortedDictionary<int, TurnChanged> Turns)
    {
        public void Add(TurnChanged turn)
        {
            if (Turns.TryGetValue(turn.TurnId, out var known) && known.Revision > turn.Revision)
                return;
            Turns[turn.TurnId] = turn;
            if (Turns.Count > MaximumTurns)
                Turns.Remove(Turns.Keys.First());
        }

        public IReadOnlyList<SpeakerSegment> ToSegments() =>
        [
            .. Turns.Values.Select(t => new SpeakerSegment(
                Session.SessionId, Session.Names.Of(t.Speaker.Id) ?? SpeakerMessage.IdOf(t.Speaker.Id), SampleClock.ToSeconds(t.Start), t.EndReason is null ? NotEnded : SampleClock.ToSeconds(t.End))),
        ];
    }
}
