using Diarizer.Mqtt.Connection;
using Microsoft.Extensions.Logging;

namespace Diarizer.Mqtt.Publishing;

/// <summary>A topic filter and who wants its messages.</summary>
internal sealed record Subscription(string Filter, MqttQos Qos, Action<MqttMessage> Handler);

/// <summary>What a publisher listens to, on whatever connection there is.</summary>
internal sealed class Subscriptions(ILogger log)
{
    private readonly Lock _gate = new();
    private readonly List<Subscription> _all = [];
    private IMqttConnection? _connection;

    /// <summary>Subscribes on the present connection, if any, and on each to come.</summary>
    public void Add(Subscription subscription)
    {
        IMqttConnection? connection;
        lock (_gate)
        {
            _all.Add(subscription);
            connection = _connection;
        }
        if (connection is not null)
            _ = SubscribeAsync(connection, subscription, CancellationToken.None);
    }

    /// <summary>A new connection: subscribes to everything.</summary>
    /// <exception cref="MqttConnectionException">The connection is over.</exception>
    public async Task BeginAsync(IMqttConnection connection, CancellationToken cancellationToken)
    {
        List<Subscription> all;
        lock (_gate)
        {
            all = [.. _all];
            _connection = connection;
        }
        // The broker answers them together.
        await Task.WhenAll(all.Select(s => SubscribeAsync(connection, s, cancellationToken))).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>The connection is over.</summary>
    public void End()
    {
        lock (_gate)
            _connection = null;
    }

    /// <summary>Hands a message to everyone who wants it.</summary>
    public void Dispatch(MqttMessage message)
    {
        List<Subscription> wanting;
        lock (_gate)
            wanting = [.. _all.Where(s => TopicFilter.Matches(s.Filter, message.Topic))];
        foreach (var subscription in wanting)
            subscription.Handler(message);
    }

    private async Task SubscribeAsync(IMqttConnection connection, Subscription subscription, CancellationToken cancellationToken)
    {
        try
        {
            await connection.SubscribeAsync(subscription.Filter, subscription.Qos, cancellationToken).ConfigureAwait(false);
        }
        catch (MqttRejectedException e)
        {
            // Publishing goes on without.
            log.SubscribeRejected(e.Message);
        }
        catch (Exception e) when (e is MqttConnectionException or ObjectDisposedException or OperationCanceledException)
        {
            // The next connection subscribes anyway.
        }
    }
}
