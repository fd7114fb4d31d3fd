using Diarizer.Mqtt.Connection;
using Diarizer.Mqtt.Contract;
using Diarizer.Mqtt.Outbox;

namespace Diarizer.Mqtt.Publishing;

// Events that must not be lost.
public sealed partial class MqttPublisher
{
    /// <summary>Why events are kept in memory only; null when all is well.</summary>
    public string? OutboxTrouble => _outbox.Queue.Trouble;

    /// <summary>Completes when every durable event published so far is on disk; with false when it is in memory only.</summary>
    public Task<bool> CommitAsync(CancellationToken cancellationToken = default) => _outbox.Queue.WhenWritten().WaitAsync(cancellationToken);

    /// <summary>
    /// Replaces the payload of every durable event that the broker has not acknowledged by what <paramref name="rewrite"/> makes of topic and payload; null
    /// removes the event. When this completes no trace of the old bytes is left in the outbox. An event that is being sent at this moment arrives as it was.
    /// </summary>
    /// <exception cref="UserErrorException">The disk with the outbox does not work at the moment.</exception>
    public Task RewriteOutboxAsync(Func<string, ReadOnlyMemory<byte>, byte[]?> rewrite)
    {
        ArgumentNullException.ThrowIfNull(rewrite);
        return _outbox.Queue.RewriteAsync(entry => rewrite(entry.Topic, entry.Payload));
    }

    private OutboxThread OpenOutbox()
    {
        var options = _options.Outbox;
        Func<long?, IOutboxStore>? open = options is { Enabled: true, Directory: { Length: > 0 } directory }
            ? origin => SqliteOutboxStore.Open(directory, options.Synchronous, origin, _time, _log)
            : null;
        return new OutboxThread(wake => new OutboxQueue(options, _options.QueueCapacity, open, _time, _log, _wake.Set, wake) { Notice = MessageOf }, _log);
    }

    private MqttMessage MessageOf(OutboxNotice notice) => Messages.Event(Topics, new EventMessage
    {
        EventType = notice.Kind,
        At = _time.GetUtcNow(),
        Message = notice.Sentence,
        Count = notice.Count,
    });

    /// <summary>The next message: states and other messages in memory first, then what was recorded.</summary>
    private async ValueTask<Delivery> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_queue.TryTake(out var outgoing))
                return new Delivery(outgoing.Message, () => _queue.Done(outgoing), () => _queue.Done(outgoing));
            if (_outbox.Queue.TryTake(out var entry, out var replayed))
            {
                if (replayed)
                    await _replayPace.WaitAsync(cancellationToken).ConfigureAwait(false);
                var message = new MqttMessage(entry.Topic, replayed ? ReplayedMark.Set(entry.Payload) : entry.Payload);
                return new Delivery(message, () => Settle(entry, replayed), () => _outbox.Queue.Settle(entry.Id, OutboxDrop.Rejected));
            }
            await _wake.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Settle(OutboxEntry entry, bool replayed)
    {
        _outbox.Queue.Settle(entry.Id);
        var took = _time.GetUtcNow() - entry.At;
        EventDelivered?.Invoke(this, new(took > TimeSpan.Zero ? took : TimeSpan.Zero, replayed));
    }
}
