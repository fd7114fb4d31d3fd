using System.Runtime.InteropServices;
using Diarizer.Mqtt.Connection;
using Microsoft.Extensions.Logging;

namespace Diarizer.Mqtt.Mosquitto;

/// <summary>
/// A connection on libmosquitto.
/// <para>
/// Threading: every connection owns one background thread. It alone makes, runs (<c>mosquitto_loop</c>) and destroys the native client, and all
/// callbacks come on it. Other threads only call <c>mosquitto_publish</c>, <c>_subscribe</c> and <c>_disconnect</c>, which libmosquitto allows once
/// <c>mosquitto_threaded_set</c> was called: they queue a packet and wake the loop. They do so under <c>_gate</c>, under which the handle is cleared
/// before it is destroyed, so none can meet a dead client. The library's own reconnecting is not used.
/// </para>
/// </summary>
internal sealed class MosquittoConnection(ILogger<MosquittoConnection> log) : IMqttConnection
{
    private const int LoopMilliseconds = 100;
    private static readonly TimeSpan DisposeLimit = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly Dictionary<int, TaskCompletionSource> _unacknowledged = [];
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MqttConnectSettings? _settings;
    private nint _client;
    private string? _refusal;
    private string? _error;
    private volatile bool _stop;
    private volatile bool _farewell;

    public event EventHandler<MqttConnectionStateChange>? StateChanged;

    public event EventHandler<MqttMessage>? MessageReceived;

    public MqttConnectionState State { get; private set; }

    private string Broker => $"{_settings!.Options.Host}:{_settings.Options.BrokerPort}";

    public async Task ConnectAsync(MqttConnectSettings settings, CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _settings, settings, null) is not null)
            throw new InvalidOperationException("A connection connects once.");
        SetState(MqttConnectionState.Connecting, null);
        new Thread(Run) { IsBackground = true, Name = "mqtt" }.Start();
        try
        {
            await _connected.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _stop = true;
            throw;
        }
    }

    public Task PublishAsync(MqttMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Send($"the message for {message.Topic}", message.Qos != MqttQos.AtMostOnce, client =>
        {
            using var properties = MosquittoProperties.Of(message);
            var list = _settings!.Options.Protocol == MqttProtocol.V5 ? properties.List : 0;
            var code = Native.Publish(client, out var mid, message.Topic, message.Payload.Length, message.Payload.Span, (int)message.Qos, message.Retain, list);
            return (code, mid);
        }, cancellationToken);
    }

    public Task SubscribeAsync(string filter, MqttQos qos, CancellationToken cancellationToken) =>
        Send($"the subscription of {filter}", acknowledged: true, client =>
        {
            var code = Native.Subscribe(client, out var mid, filter, (int)qos);
            return (code, mid);
        }, cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _farewell = true;
            if (_client == 0 || Native.Disconnect(_client) != Native.Success)
                _stop = true;
        }
        return _settings is null ? Task.CompletedTask : _ended.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _stop = true;
        if (_settings is null)
            return;
        // A thread that hangs in a name look-up ends by itself when that returns; it holds nothing that others wait for.
        await _ended.Task.WaitAsync(DisposeLimit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        FailUnacknowledged("disposed");
    }

    internal void HandleConnected(int code)
    {
        if (code != Native.Success)
        {
            _refusal = Native.AnswerText(code);
            return;
        }
        SetState(MqttConnectionState.Connected, null);
        _connected.TrySetResult();
    }

    internal void HandleAcknowledged(int mid, int reason)
    {
        TaskCompletionSource? waiting;
        lock (_gate)
            _unacknowledged.Remove(mid, out waiting);
        if (reason < 128)
            waiting?.TrySetResult();
        else
            waiting?.TrySetException(new MqttRejectedException(Native.AnswerText(reason)));
    }

    internal void HandleMessage(MqttMessage message) => Guard(() => MessageReceived?.Invoke(this, message));

    internal void HandleError(string? text) => _error = text;

    private async Task Send(string what, bool acknowledged, Func<nint, (int Code, int Mid)> send, CancellationToken cancellationToken)
    {
        TaskCompletionSource? waiting = null;
        int mid;
        lock (_gate)
        {
            if (_client == 0 || State != MqttConnectionState.Connected)
                throw new MqttConnectionException("There is no connection to the broker.");
            (var code, mid) = send(_client);
            if (code is Native.ErrNoConnection or Native.ErrConnectionLost)
                throw new MqttConnectionException($"The connection to {Broker} was lost.");
            if (code != Native.Success)
                throw new MqttRejectedException($"{Broker} cannot be given {what}: {Native.ErrorText(code)}.");
            if (acknowledged)
                _unacknowledged[mid] = waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        if (waiting is null)
            return;
        try
        {
            await waiting.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MqttRejectedException e)
        {
            throw new MqttRejectedException($"{Broker} does not take {what}: {e.Message}.", e);
        }
    }

    private void Run()
    {
        var self = GCHandle.Alloc(this);
        nint client = 0;
        var reason = "ended";
        Exception? failure = null;
        try
        {
            client = MosquittoClient.Create(_settings!, GCHandle.ToIntPtr(self));
            var code = MosquittoClient.Connect(client, _settings!);
            lock (_gate)
                _client = client;
            while (code is Native.Success or Native.ErrConnectionPending && !_stop)
                code = Native.Loop(client, LoopMilliseconds, maxPackets: 1);
            reason = Explain(code, Marshal.GetLastPInvokeError());
        }
        catch (Exception e)
        {
            failure = e;
            reason = e.Message;
        }
        finally
        {
            lock (_gate)
                _client = 0;
            if (client != 0)
                Native.Destroy(client);
            self.Free();
            FailUnacknowledged(reason);
            _connected.TrySetException(failure ?? new MqttConnectionException($"Cannot connect to {Broker}: {reason}."));
            SetState(MqttConnectionState.Closed, _farewell ? null : reason);
            _ended.TrySetResult();
        }
    }

    private string Explain(int code, int errno) => code switch
    {
        _ when _refusal is not null => $"the broker refuses: {_refusal}",
        Native.Success or Native.ErrNoConnection => "the broker closed the connection",
        Native.ErrTls => $"TLS fails: {_error ?? "no reason given"}",
        Native.ErrKeepAlive => "the broker does not answer",
        Native.ErrLookup => "there is no such host",
        Native.ErrErrno when errno != 0 => Marshal.GetPInvokeErrorMessage(errno),
        _ => Native.ErrorText(code),
    };

    private void FailUnacknowledged(string reason)
    {
        TaskCompletionSource[] waiting;
        lock (_gate)
        {
            waiting = [.. _unacknowledged.Values];
            _unacknowledged.Clear();
        }
        foreach (var one in waiting)
            one.TrySetException(new MqttConnectionException($"The connection to {Broker} was lost: {reason}."));
    }

    private void SetState(MqttConnectionState state, string? reason)
    {
        State = state;
        Guard(() => StateChanged?.Invoke(this, new(state, reason)));
    }

    private void Guard(Action handlers)
    {
        try
        {
            handlers();
        }
        catch (Exception e)
        {
            log.HandlerBroke(e);
        }
    }
}
