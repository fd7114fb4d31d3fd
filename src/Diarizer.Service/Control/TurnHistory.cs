using Diarizer.Mqtt.Contract;
using Diarizer.Service.Publishing;
using Diarizer.Service.Streams;
using Diarizer.Streaming.Events;
using Diarizer.Streaming.Scoring;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Service.Control;

/// <summary>
/// Who spoke when in the latest sessions of each stream, for those who ask later. Of a stream the last <see cref="MaximumTurns"/> turns, more than a day of
/// conversation, in at most <see cref="MaximumSessions"/> sessions are kept, in memory alone; older ones are forgotten. Safe for concurrent use.
/// </summary>
public sealed class TurnHistory : IEventSink
{
    /// <summary>Turns kept of a stream.</summary>
    public const int MaximumTurns = 20_000;

    /// <summary>Sessions kept of a stream.</summary>
    public const int MaximumSessions = 50;

    private readonly SortedDictionary<string, List<SessionTurns>> _streams = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Raised when somebody was erased or has another name, also in sessions that have ended.</summary>
    public event EventHandler? Rewritten;

    /// <inheritdoc/>
    public void SessionStarted(StreamSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        lock (_gate)
        {
            if (!_streams.TryGetValue(session.Stream, out var sessions))
                _streams[session.Stream] = sessions = [];
            // A session in which nobody spoke is not worth a place.
            sessions.RemoveAll(s => s.Count == 0);
            sessions.Add(new SessionTurns(session));
            if (sessions.Count > MaximumSessions)
                sessions.RemoveAt(0);
        }
    }

    /// <inheritdoc/>
    public void Publish(StreamEvent e)
    {
        if (e.Event is not (TurnChanged or SpeakerRenumbered))
            return;
        lock (_gate)
        {
            if (Find(e.Session) is not { } session)
                return;
            if (e.Event is SpeakerRenumbered renumbered)
                session.Renumber(renumbered.From, renumbered.To);
            else
                session.Add((TurnChanged)e.Event);
            Bound(_streams[e.Session.Stream]);
        }
    }

    /// <inheritdoc/>
    public void SpeakersChanged(StreamSession session, IReadOnlyList<SpeakerSummary> speakers)
    {
        lock (_gate)
            Find(session)?.SetSpeakers(speakers);
    }

    /// <inheritdoc/>
    public void SessionEnded(StreamSession session, StreamSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        lock (_gate)
            Find(session)?.End(summary.Position, summary.Speakers);
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
            if (!_streams.TryGetValue(stream ?? _streams.Keys.FirstOrDefault(""), out var sessions))
                throw new UserErrorException(_streams.Count == 0 ? "No session began yet; give data.turns." : $"There is no such stream; there are: {string.Join(", ", _streams.Keys)}.");
            return (sessions[^1].Session, sessions[^1].ToSegments());
        }
    }

    /// <summary>The latest session of a stream; null before the first.</summary>
    public SessionRecord? Latest(string stream)
    {
        lock (_gate)
            return _streams.TryGetValue(stream, out var sessions) ? sessions[^1].ToRecord() : null;
    }

    /// <summary>A session that is remembered; null for any other.</summary>
    public SessionRecord? Find(string sessionId)
    {
        lock (_gate)
            return _streams.Values.SelectMany(s => s).FirstOrDefault(s => s.Session.SessionId == sessionId)?.ToRecord();
    }

    /// <summary>All sessions that are remembered, by stream, the latest first.</summary>
    public IReadOnlyList<SessionRecord> All()
    {
        lock (_gate)
            return [.. _streams.Values.SelectMany(s => Enumerable.Reverse(s)).Select(s => s.ToRecord())];
    }

    /// <summary>Takes an enrolled person out of all sessions; turns that are still theirs become nobody's.</summary>
    /// <param name="number">Below 0, see <see cref="SpeakerLabel.Id"/>.</param>
    public void Erase(int number)
    {
        lock (_gate)
        {
            foreach (var session in _streams.Values.SelectMany(s => s))
            {
                session.Session.Names.Set(number, null);
                session.Renumber(number, 0);
            }
        }

        Rewritten?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>An enrolled person has another name, also in sessions that have ended.</summary>
    /// <param name="number">Below 0, see <see cref="SpeakerLabel.Id"/>.</param>
    /// <param name="name">The new name.</param>
    public void Rename(int number, string name)
    {
        lock (_gate)
        {
            foreach (var session in _streams.Values.SelectMany(s => s).Where(s => s.Session.Names.Of(number) is not null))
                session.Session.Names.Set(number, name);
        }

        Rewritten?.Invoke(this, EventArgs.Empty);
    }

    private SessionTurns? Find(StreamSession session) =>
        _streams.TryGetValue(session.Stream, out var sessions) ? sessions.FindLast(s => s.Session.SessionId == session.SessionId) : null;

    private static void Bound(List<SessionTurns> sessions)
    {
        var excess = sessions.Sum(s => s.Count) - MaximumTurns;
        if (excess <= 0)
            return;
        // Whole sessions would go at once; turn by turn the past fades evenly.
        if (sessions[0].Count > 0)
            sessions[0].RemoveOldest();
        if (sessions[0].Count == 0 && sessions.Count > 1)
            sessions.RemoveAt(0);
    }
}
