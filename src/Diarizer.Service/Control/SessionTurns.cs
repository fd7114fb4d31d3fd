using Diarizer.Audio;
using Diarizer.Mqtt.Contract;
using Diarizer.Streaming.Events;
using Diarizer.Streaming.Scoring;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Service.Control;

/// <summary>Who spoke when in one session, as known now. Not safe for concurrent use.</summary>
internal sealed class SessionTurns(StreamSession session)
{
    // An open turn goes on at least until now, and nobody asks about later.
    private const double NotEnded = 1e7;

    private readonly SortedDictionary<int, TurnChanged> _turns = [];
    private IReadOnlyList<SpeakerSummary> _speakers = [];
    private long? _length;

    public StreamSession Session => session;

    public int Count => _turns.Count;

    public void Add(TurnChanged turn)
    {
        if (turn.IsWithdrawn)
            _turns.Remove(turn.TurnId);
        else if (!_turns.TryGetValue(turn.TurnId, out var known) || known.Revision <= turn.Revision)
            _turns[turn.TurnId] = turn;
    }

    public void RemoveOldest() => _turns.Remove(_turns.Keys.First());

    /// <summary>All turns of a speaker are another one's; 0 for nobody.</summary>
    public void Renumber(int from, int to)
    {
        foreach (var turn in _turns.Values.Where(t => t.Speaker.Id == from).ToList())
            _turns[turn.TurnId] = turn with { Speaker = to == 0 ? SpeakerLabel.Unknown : turn.Speaker with { Id = to } };
    }

    public void SetSpeakers(IReadOnlyList<SpeakerSummary> speakers) => _speakers = [.. speakers];

    public void End(long length, IReadOnlyList<SpeakerSummary> speakers) => (_length, _speakers) = (length, speakers);

    public SessionRecord ToRecord() => new(session, _length, [.. _turns.Values], _speakers);

    public IReadOnlyList<SpeakerSegment> ToSegments() =>
    [
        .. _turns.Values.Select(t => new SpeakerSegment(
            session.SessionId, session.Names.Of(t.Speaker.Id) ?? SpeakerMessage.IdOf(t.Speaker.Id), SampleClock.ToSeconds(t.Start), t.EndReason is null ? NotEnded : SampleClock.ToSeconds(t.End))),
    ];
}

/// <summary>What is remembered of a session.</summary>
/// <param name="Session">The session.</param>
/// <param name="Length">Samples; null while it runs.</param>
/// <param name="Turns">By number; the oldest may be forgotten.</param>
/// <param name="Speakers">Who was heard, as last told.</param>
public sealed record SessionRecord(StreamSession Session, long? Length, IReadOnlyList<TurnChanged> Turns, IReadOnlyList<SpeakerSummary> Speakers);
