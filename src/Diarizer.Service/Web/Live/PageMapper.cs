using Diarizer.Mqtt.Contract;
using Diarizer.Service.Control;
using Diarizer.Streaming.Events;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Service.Web.Live;

/// <summary>Puts what the daemon knows into the words of pages.</summary>
internal static class PageMapper
{
    public static PageTurn Turn(StreamSession session, TurnChanged turn) => new(
        turn.TurnId,
        turn.Revision,
        SpeakerMessage.IdOf(turn.Speaker.Id),
        session.Milliseconds(turn.Start),
        session.Milliseconds(turn.End),
        turn.EndReason is null,
        turn.Speaker.Decided,
        float.IsFinite(turn.Speaker.Confidence) ? Math.Round(Math.Clamp(turn.Speaker.Confidence, 0, 1), 3) : 0);

    public static IReadOnlyList<PageSpeaker> Speakers(StreamSession session, IEnumerable<SpeakerSummary> speakers) =>
        [.. speakers.Select(s => new PageSpeaker(SpeakerMessage.IdOf(s.Id), session.Names.Of(s.Id), s.Id < 0, Math.Round(s.SpeechSeconds, 1)))];

    public static PageSession Session(SessionRecord record) => new(
        record.Session.Stream,
        record.Session.SessionId,
        record.Session.StartedAt,
        record.Length is { } length ? record.Session.Milliseconds(length) : null,
        Speakers(record.Session, record.Speakers),
        [.. record.Turns.Select(t => Turn(record.Session, t))]);
}
