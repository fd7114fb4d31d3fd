namespace Diarizer.Mqtt.Connection;

/// <summary>
/// One network connection to a broker: connects once, ends once, is not reused. Reconnecting, queues and retained state are the business of
/// <see cref="Publishing.MqttPublisher"/>. All members may be called from any thread; events come on the adapter's own thread and must return quickly.
/// Disposal closes the connection without a farewell (the broker then sends the will) and takes no longer than a second.
/// </summary>
public interface IMqttConnection : IAsyncDisposable
{
    /// <summary>Where the connection stands.</summary>
    MqttConnectionState State { get; }

    /// <summary>The state changed.</summary>
    event EventHandler<MqttConnectionStateChange>? StateChanged;

    /// <summary>A message came for a subscription of this connection.</summary>
    event EventHandler<MqttMessage>? MessageReceived;

    /// <summary>Connects and completes when the broker has accepted.</summary>
    /// <param name="settings">Broker, credentials, will.</param>
    /// <param name="cancellationToken">Gives up; the attempt is then ended in the background.</param>
    /// <exception cref="MqttConnectionException">The broker cannot be reached or refuses.</exception>
    Task ConnectAsync(MqttConnectSettings settings, CancellationToken cancellationToken);

    /// <summary>
    /// Publishes. Messages go out in the order of the calls; the message is handed over before this returns its task, which completes when the broker
    /// has acknowledged it (QoS 1) or when it is handed over (QoS 0).
    /// </summary>
    /// <exception cref="MqttConnectionException">The connection ended first: whether the broker has the message is unknown.</exception>
    /// <exception cref="MqttRejectedException">The broker answered that it does not take this message.</exception>
    Task PublishAsync(MqttMessage message, CancellationToken cancellationToken);

    /// <summary>Subscribes and completes when the broker has confirmed.</summary>
    /// <exception cref="MqttConnectionException">The connection ended first.</exception>
    /// <exception cref="MqttRejectedException">The broker does not allow it.</exception>
    Task SubscribeAsync(string filter, MqttQos qos, CancellationToken cancellationToken);

    /// <summary>Says goodbye (the broker then discards the will) and completes when the connection is closed.</summary>
    Task DisconnectAsync(CancellationToken cancellationToken);
}
