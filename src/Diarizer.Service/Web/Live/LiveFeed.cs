using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Diarizer.Mqtt.Contract;
using Diarizer.Service.Publishing;
using Diarizer.Service.Streams;
using Diarizer.Streaming.Events;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Service.Web.Live;

/// <summary>Tells the open pages what happens, as server-sent events. Costs nothing while no page is open.</summary>
/// <param name="time">Clock.</param>
internal sealed class LiveFeed(TimeProvider time) : IEventSink
{
    private ImmutableArray<PageSubscription> _pages = [];

    /// <summary>Open pages.</summary>
    public int Pages => _pages.Length;

    /// <summary>From now on a page hears of everything; null when <paramref name="most"/> are open already.</summary>
    public PageSubscription? Subscribe(int most)
    {
        var page = new PageSubscription();
        return ImmutableInterlocked.Update(ref _pages, pages => pages.Length < most ? pages.Add(page) : pages) ? page : null;
    }

    /// <summary>A page was closed.</summary>
    public void Unsubscribe(PageSubscription page) => ImmutableInterlocked.Update(ref _pages, pages => pages.Remove(page));

    /// <summary>Tells all pages.</summary>
    public void Send<T>(string name, T news, JsonTypeInfo<T> type)
    {
        var pages = _pages;
        if (pages.IsEmpty)
            return;
        var frame = Frame(name, news, type);
        foreach (var page in pages)
            page.Offer(frame);
    }

    /// <summary>An event in the form of <c>text/event-stream</c>; JSON has no line breaks, so it is one line of data.</summary>
    public static byte[] Frame<T>(string name, T news, JsonTypeInfo<T> type) =>
        [.. Encoding.ASCII.GetBytes($"event: {name}\ndata: "), .. JsonSerializer.SerializeToUtf8Bytes(news, type), .. "\n\n"u8];

    /// <inheritdoc/>
    public void SessionStarted(StreamSession session) => Send("session", News(session, null), PageJson.Default.SessionNews);

    /// <inheritdoc/>
    public void SessionEnded(StreamSession session, StreamSummary summary) => Send("session", News(session, session.Milliseconds(summary.Position)), PageJson.Default.SessionNews);

    /// <inheritdoc/>
    public void SpeakersChanged(StreamSession session, IReadOnlyList<SpeakerSummary> speakers)
    {
        if (!_pages.IsEmpty)
            Send("speakers", new(session.Stream, session.SessionId, PageMapper.Speakers(session, speakers)), PageJson.Default.SpeakersNews);
    }

    /// <inheritdoc/>
    public void StatusChanged(string stream, StreamStatus status) => Send("status", new(stream, status), PageJson.Default.StatusNews);

    /// <inheritdoc/>
    public void Happened(StreamIncident incident) => Send("incident", new(incident.Stream, incident.Kind, incident.Message), PageJson.Default.IncidentNews);

    /// <inheritdoc/>
    public void Publish(StreamEvent e)
    {
        if (_pages.IsEmpty)
            return;
        var session = e.Session;
        switch (e.Event)
        {
            case TurnChanged turn:
                Send("turn", News(session, turn, e.Processing), PageJson.Default.TurnNews);
                break;
            case SpeakerRenumbered renumbered:
                Send("renumbered", new(session.Stream, session.SessionId, SpeakerMessage.IdOf(renumbered.From), SpeakerMessage.IdOf(renumbered.To)), PageJson.Default.RenumberedNews);
                break;
            case SpeechStarted or SpeechEnded:
                Send("speech", new(session.Stream, e.Event is SpeechStarted), PageJson.Default.SpeechNews);
                break;
        }
    }

    private static SessionNews News(StreamSession session, long? lengthMs) => new(session.Stream, session.SessionId, session.StartedAt, lengthMs);

    private TurnNews News(StreamSession session, TurnChanged turn, TimeSpan processing)
    {
        var (kind, about) = turn.Kind switch
        {
            TurnEventKind.Started => (TurnEventType.TurnStarted, turn.Start),
            TurnEventKind.Updated => (TurnEventType.TurnUpdated, turn.Start),
            TurnEventKind.Ended => (TurnEventType.TurnEnded, turn.End),
            _ => (TurnEventType.TurnRevised, turn.End),
        };
        var latency = Math.Max(0, session.Milliseconds(turn.At - about) + (long)processing.TotalMilliseconds);
        var sent = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
        return new(session.Stream, session.SessionId, kind, PageMapper.Turn(session, turn), session.Names.Of(turn.Speaker.Id), latency, Math.Round(sent, 1));
    }
}
