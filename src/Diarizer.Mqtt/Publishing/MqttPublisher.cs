using Diarizer.Mqtt.Connection;
using Diarizer.Mqtt.Contract;
using Diarizer.Mqtt.Outbox;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diarizer.Mqtt.Publishing;

/// <summary>
/// Keeps a node in touch with its broker. Connects in the background and reconnects for ever with growing, jittered waits; <see cref="Publish"/>
/// never waits. Retained messages are state: only the newest of each topic is kept, and all are published again after every connect. Other messages
/// are events: they keep their order, and those not acknowledged are sent again on the next connection (consumers see the same id twice at worst).
/// Durable events are written to the outbox before they are sent and leave it when the broker has them; of the others, the oldest is dropped and
/// counted when <see cref="MqttOptions.QueueCapacity"/> of them wait. The status topic says <c>online</c> while connected and is the will; a stale
/// <c>offline</c> on it is corrected.
/// </summary>
public sealed partial class MqttPublisher : IMessageSink, IAsyncDisposable
{
    private readonly MqttOptions _options;
    private readonly Func<IMqttConnection> _connections;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Signal _wake = new();
    private readonly OutgoingQueue _queue;
    private readonly OutboxThread _outbox;
    private readonly ReplayPace _replayPace;
    private readonly Subscriptions _subscriptions;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _startStop = new();
    private readonly SemaphoreSlim _slots = new(InFlight, InFlight);
    private volatile IMqttConnection? _connection;
    private Task? _run;
    private Task? _stopped;
    private long _connects;
    private long _failedConnects;
    private long _acknowledged;
    private long _rejected;

    /// <param name="options">Options; <see cref="MqttOptions.Host"/> must be set.</param>
    /// <param name="connections">Makes connections; by default those of the package stack.</param>
    /// <param name="time">Clock for waits and timeouts.</param>
    /// <param name="loggers">Where to tell what happens.</param>
    /// <exception cref="UserErrorException">An option is invalid.</exception>
    public MqttPublisher(MqttOptions options, Func<IMqttConnection>? connections = null, TimeProvider? time = null, ILoggerFactory? loggers = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (string.IsNullOrEmpty(options.Host))
            throw new UserErrorException("Mqtt:Host is not set: name a broker, or start the embedded one.");
        _options = options.Validate();
        _connections = connections ?? (() => MqttConnections.Create(loggers));
        _time = time ?? TimeProvider.System;
        _log = (loggers ?? NullLoggerFactory.Instance).CreateLogger<MqttPublisher>();
        Topics = new Topics(options.Node);
        _queue = new OutgoingQueue(options.QueueCapacity, _wake);
        _outbox = OpenOutbox();
        _subscriptions = new Subscriptions(_log);
        Listen(Topics.Status, CorrectStaleStatus);
        _replayPace = new ReplayPace(options.Outbox.ReplayPerSecond, _time);
    }

    /// <summary>The topics of this node.</summary>
    public Topics Topics { get; }

    /// <summary>True while the broker has us as <c>online</c>.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>Raised with true after a connection is made and with false after it is lost, on a background thread.</summary>
    public event EventHandler<bool>? ConnectedChanged;

    /// <summary>Raised when the broker has acknowledged a durable event, on a background thread.</summary>
    public event EventHandler<EventDelivery>? EventDelivered;

    /// <summary>What was done so far.</summary>
    public PublisherCounters Counters => new(
        Interlocked.Read(ref _connects),
        Interlocked.Read(ref _failedConnects),
        Interlocked.Read(ref _acknowledged),
        Interlocked.Read(ref _rejected),
        _queue.Dropped + _outbox.Queue.Drops.Total,
        _queue.Coalesced,
        _queue.Depth + _outbox.Queue.Depth);

    /// <summary>Starts connecting in the background.</summary>
    public void Start()
    {
        lock (_startStop)
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            _outbox.Start();
            _run ??= Task.Run(RunAsync);
        }
    }

    /// <inheritdoc/>
    public void Publish(MqttMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message is { Durable: true, Retain: false })
            _outbox.Queue.Append(message);
        else
            _queue.Put(message);
    }

    /// <summary>Replaces the payloads of retained messages by what <paramref name="rewrite"/> makes of topic and payload, and publishes those that differ.</summary>
    public void RewriteRetained(Func<string, ReadOnlyMemory<byte>, byte[]> rewrite)
    {
        ArgumentNullException.ThrowIfNull(rewrite);
        _queue.RewriteStates(message => rewrite(message.Topic, message.Payload));
    }

    /// <summary>
    /// Subscribes now, if connected, and after every connect. Handlers run on a thread of the connection and must return quickly.
    /// </summary>
    /// <param name="filter">Topic filter.</param>
    /// <param name="handler">Gets the messages.</param>
    /// <param name="qos">The most that the broker does for a message. What is worthless later, such as audio, has the least: it does not wait for a node that is away.</param>
    public void Listen(string filter, Action<MqttMessage> handler, MqttQos qos = MqttQos.AtLeastOnce) => _subscriptions.Add(new(filter, qos, handler));

    /// <summary>Completes when the broker has all that was published so far.</summary>
    public Task FlushAsync(CancellationToken cancellationToken = default) => WhenDelivered().WaitAsync(cancellationToken);

    /// <summary>
    /// Delivers what it can, publishes <c>offline</c> and disconnects; durable events that are left stay in the outbox. Takes 2 s at most, whatever the
    /// broker does.
    /// </summary>
    public Task StopAsync()
    {
        lock (_startStop)
            return _stopped ??= StopOnceAsync();
    }

    /// <summary>Same as <see cref="StopAsync"/>.</summary>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private async Task StopOnceAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        try
        {
            if (_run is not null)
                await _run.WaitAsync(Farewell.Limit, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _log.FarewellTimedOut(_options.Host!, _options.BrokerPort);
        }
        await _outbox.DisposeAsync().ConfigureAwait(false);
    }

    private Task WhenDelivered() => Task.WhenAll(_queue.WhenEmpty(), _outbox.Queue.WhenEmpty());

    private async Task RunAsync()
    {
        var backoff = new Backoff(_options.BackoffMin, _options.BackoffMax, Random.Shared);
        string? told = null;
        while (!_stop.IsCancellationRequested)
        {
            var began = _time.GetTimestamp();
            var connects = _connects;
            try
            {
                await RunSessionAsync().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Tell(e, connects, ref told);
            }
            // A broker that accepts and throws us out again at once must not be hammered.
            var took = _time.GetElapsedTime(began);
            if (_connects > connects && took > _options.BackoffMax)
            {
                backoff.Reset();
                took = TimeSpan.Zero;
            }
            // From attempt to attempt: one that ran into its timeout is followed by the next without a pause.
            if (!await PauseAsync(backoff.Next() - took).ConfigureAwait(false))
                return;
        }
    }

    /// <summary>Tells each new reason once: a broker that is away for a night is one line, not thousands.</summary>
    private void Tell(Exception e, long connectsBefore, ref string? told)
    {
        var lost = _connects > connectsBefore;
        if (!lost)
            Interlocked.Increment(ref _failedConnects);
        if (!lost && told == e.Message)
            return;
        told = e.Message;
        var expected = e is MqttConnectionException or MqttRejectedException or UserErrorException;
        _log.ConnectionTrouble(expected ? null : e, e.Message);
    }

    private async Task<bool> PauseAsync(TimeSpan wait)
    {
        try
        {
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, _time, _stop.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
