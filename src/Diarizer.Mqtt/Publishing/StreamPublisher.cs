using Diarizer.Mqtt.Contract;
using Diarizer.Streaming.Events;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Mqtt.Publishing;

/// <summary>
/// Publishes one session of one stream: turns and speech at once, the state at most five times and the speakers at most once a second (the newest wins
/// and the last one is always published). Never waits. Any thread may call it; events must come in order. Disposal publishes what is still due.
/// </summary>
public sealed class StreamPublisher : IDisposable
{
    /// <summary>Least time between two states.</summary>
    public static readonly TimeSpan StateInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Least time between two lists of speakers.</summary>
    public static readonly TimeSpan SpeakersInterval = TimeSpan.FromSeconds(1);

    private readonly IMessageSink _sink;
    private readonly StreamTopics _topics;
    private readonly TurnEventMapper _mapper;
    private readonly StateLimiter _state;
    private readonly StateLimiter _speakersLimiter;
    private readonly Lock _gate = new();
    private IReadOnlyList<SpeakerSummary> _speakers = [];

    /// <summary>Starts a session: speech is <c>OFF</c> and nobody speaks.</summary>
    /// <param name="sink">Takes the messages.</param>
    /// <param name="topics">Topics of the node.</param>
    /// <param name="session">The session.</param>
    /// <param name="time">Clock for the limit on states.</param>
    /// <exception cref="UserErrorException">The stream's name cannot be a topic segment.</exception>
    public StreamPublisher(IMessageSink sink, Topics topics, StreamSession session, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentNullException.ThrowIfNull(topics);
        ArgumentNullException.ThrowIfNull(session);
        _sink = sink;
        _topics = topics.Stream(session.Stream);
        _mapper = new TurnEventMapper(session);
        _state = new StateLimiter(StateInterval, PublishState, time ?? TimeProvider.System);
        _speakersLimiter = new StateLimiter(SpeakersInterval, PublishSpeakers, time ?? TimeProvider.System);
        sink.Publish(Messages.Speech(_topics, speech: false));
        _state.Request();
        _speakersLimiter.Request();
    }

    /// <summary>Publishes what the core decided. A gap has no message of its own here; its length shows in the clock.</summary>
    /// <param name="decided">The event.</param>
    /// <param name="processing">Time that passed since the audio up to <see cref="DiarizationEvent.At"/> was captured; part of the latency told.</param>
    /// <returns>The turn message that was published; null for other events.</returns>
    public TurnMessage? Publish(DiarizationEvent decided, TimeSpan processing = default)
    {
        switch (decided)
        {
            case SpeechStarted:
                _sink.Publish(Messages.Speech(_topics, speech: true));
                return null;
            case SpeechEnded:
                _sink.Publish(Messages.Speech(_topics, speech: false));
                return null;
            case TurnChanged turn:
                return PublishTurn(turn, processing);
            case SpeakerRenumbered renumbered:
                lock (_gate)
                    _mapper.Take(renumbered);
                _state.Request();
                return null;
            default:
                return null;
        }
    }

    /// <summary>Publishes who was heard so far.</summary>
    public void SetSpeakers(IReadOnlyList<SpeakerSummary> speakers)
    {
        lock (_gate)
            _speakers = speakers;
        _speakersLimiter.Request();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _state.Dispose();
        _speakersLimiter.Dispose();
    }

    private TurnMessage PublishTurn(TurnChanged turn, TimeSpan processing)
    {
        TurnMessage message;
        lock (_gate)
        {
            message = _mapper.Map(turn, processing);
            _sink.Publish(Messages.Turn(_topics, message));
        }
        _state.Request();
        return message;
    }

    private void PublishState()
    {
        lock (_gate)
            _sink.Publish(Messages.State(_topics, _mapper.State()));
    }

    private void PublishSpeakers()
    {
        lock (_gate)
        {
            _sink.Publish(Messages.Speakers(_topics, new SpeakersMessage
            {
                SessionId = _mapper.Session.SessionId,
                Speakers = [.. _speakers.OrderBy(s => s.Id).Select(SpeakerOf)],
            }));
        }
    }

    private HeardSpeaker SpeakerOf(SpeakerSummary speaker) => new()
    {
        Id = SpeakerMessage.IdOf(speaker.Id),
        Name = _mapper.Session.Names.Of(speaker.Id),
        Enrolled = speaker.Id < 0,
        SpeechS = Math.Round(speaker.SpeechSeconds, 1),
        LastSeen = _mapper.Session.At(speaker.LastSeen),
    };
}
