#if STACK_NUGET
using System.Buffers;
using Diarizer.Mqtt.Connection;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace Diarizer.Mqtt.MqttNet;

/// <summary>
/// A connection on MQTTnet.
/// <para>
/// Threading: the client's packets are read on the thread pool and its events come from there. Publishing and subscribing may be called from any
/// thread; MQTTnet puts the packets on the wire in the order of the calls.
/// </para>
/// </summary>
internal sealed class MqttNetConnection : IMqttConnection
{
    private static readonly TimeSpan DisposeLimit = TimeSpan.FromMilliseconds(500);

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly CancellationTokenSource _closed = new();
    private readonly ILogger _log;
    private MqttConnectSettings? _settings;
    private int _disposed;
    private volatile bool _farewell;

    public MqttNetConnection(ILogger<MqttNetConnection> log)
    {
        _log = log;
        _client.DisconnectedAsync += OnDisconnectedAsync;
        _client.ApplicationMessageReceivedAsync += OnMessageAsync;
    }

    public event EventHandler<MqttConnectionStateChange>? StateChanged;

    public event EventHandler<MqttMessage>? MessageReceived;

    public MqttConnectionState State { get; private set; }

    private string Broker => $"{_settings!.Options.Host}:{_settings.Options.BrokerPort}";

    public async Task ConnectAsync(MqttConnectSettings settings, CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _settings, settings, null) is not null)
            throw new InvalidOperationException("A connection connects once.");
        SetState(MqttConnectionState.Connecting, null);
        try
        {
            var result = await _client.ConnectAsync(MqttNetOptions.Build(settings), cancellationToken).ConfigureAwait(false);
            if (result.ResultCode != MqttClientConnectResultCode.Success)
                throw new MqttConnectionException($"Cannot connect to {Broker}: the broker refuses: {result.ReasonString ?? result.ResultCode.ToString()}.");
            SetState(MqttConnectionState.Connected, null);
        }
        catch (Exception e) when (e is not (MqttConnectionException or UserErrorException))
        {
            // MQTTnet has its own words for what was given up.
            cancellationToken.ThrowIfCancellationRequested();
            throw new MqttConnectionException($"Cannot connect to {Broker}: {Innermost(e).Message}", e);
        }
    }

    public Task PublishAsync(MqttMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var packet = new MqttApplicationMessage
        {
            Topic = message.Topic,
            Payload = new ReadOnlySequence<byte>(message.Payload),
            QualityOfServiceLevel = (MqttQualityOfServiceLevel)message.Qos,
            Retain = message.Retain,
            ResponseTopic = message.ResponseTopic,
            CorrelationData = message.CorrelationData.IsEmpty ? null : message.CorrelationData.ToArray(),
        };
        return SendAsync($"the message for {message.Topic}", async token =>
        {
            var result = await _client.PublishAsync(packet, token).ConfigureAwait(false);
            return result.IsSuccess ? null : result.ReasonString ?? result.ReasonCode.ToString();
        }, cancellationToken);
    }

    public Task SubscribeAsync(string filter, MqttQos qos, CancellationToken cancellationToken)
    {
        var options = new MqttClientSubscribeOptionsBuilder().WithTopicFilter(filter, (MqttQualityOfServiceLevel)qos).Build();
        return SendAsync($"the subscription of {filter}", async token =>
        {
            var result = await _client.SubscribeAsync(options, token).ConfigureAwait(false);
            var refused = result.Items.Select(item => item.ResultCode).FirstOrDefault(code => (int)code >= 128);
            return refused == default ? null : refused.ToString();
        }, cancellationToken);
    }

    public async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        _farewell = true;
        try
        {
            await _client.DisconnectAsync(new MqttClientDisconnectOptions(), cancellationToken).ConfigureAwait(false);
        }
        catch (MqttClientNotConnectedException)
        {
            // That is what was asked for.
        }
        SetState(MqttConnectionState.Closed, null);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _closed.CancelAsync().ConfigureAwait(false);
        await Task.Run(_client.Dispose).WaitAsync(DisposeLimit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        SetState(MqttConnectionState.Closed, "disposed");
    }

    private async Task SendAsync(string what, Func<CancellationToken, Task<string?>> send, CancellationToken cancellationToken)
    {
        // A token that can be cancelled also keeps MQTTnet from giving up on a slow acknowledgement by its own clock.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        try
        {
            if (await send(either.Token).ConfigureAwait(false) is { } refusal)
                throw new MqttRejectedException($"{Broker} does not take {what}: {refusal}.");
        }
        catch (Exception e) when (e is not MqttRejectedException)
        {
            // MQTTnet reports a cancelled wait as a timeout, which a stop would take for a lost connection and leave without a farewell.
            cancellationToken.ThrowIfCancellationRequested();
            throw new MqttConnectionException($"The connection to {Broker} was lost: {Innermost(e).Message}", e);
        }
    }

    private Task OnDisconnectedAsync(MqttClientDisconnectedEventArgs e)
    {
        _closed.Cancel();
        var reason = e.Exception is { } cause ? Innermost(cause).Message
            : e.Reason == MqttClientDisconnectReason.NormalDisconnection ? "the broker closed the connection" : e.Reason.ToString();
        SetState(MqttConnectionState.Closed, _farewell ? null : reason);
        return Task.CompletedTask;
    }

    private Task OnMessageAsync(MqttApplicationMessageReceivedEventArgs e)
    {
        var message = e.ApplicationMessage;
        var qos = (MqttQos)Math.Min((int)message.QualityOfServiceLevel, 1);
        Guard(() => MessageReceived?.Invoke(this, new(message.Topic, message.Payload.ToArray(), qos, message.Retain)
        {
            ResponseTopic = message.ResponseTopic,
            CorrelationData = message.CorrelationData,
        }));
        return Task.CompletedTask;
    }

    private void SetState(MqttConnectionState state, string? reason)
    {
        if (State == MqttConnectionState.Closed)
            return;
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
            _log.HandlerBroke(e);
        }
    }

    private static Exception Innermost(Exception e) => e.GetBaseException();
}
#endif
