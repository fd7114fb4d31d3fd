using System.Text.Json;
using Diarizer.Mqtt.Connection;
using Diarizer.Mqtt.Publishing;

namespace Diarizer.Mqtt.HomeAssistant;

/// <summary>
/// Introduces the node to Home Assistant: a while after the first connect and whenever Home Assistant starts; after later connects with all other retained
/// messages. What an earlier run introduced and is no more is removed; where discovery is switched off, that is everything.
/// </summary>
public sealed class HomeAssistantDiscovery : IDisposable
{
    /// <summary>More than any installation has; whoever can write on the topic must not fill our memory.</summary>
    private const int MostRemoved = 1000;

    private const string Online = "online";

    private readonly MqttHomeAssistantOptions _options;
    private readonly DiscoveryMessage _message;
    private readonly string _topic;
    private readonly IMessageSink _sink;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly Dictionary<string, DiscoveryComponent> _removed = [];
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private bool _introduced;
    private bool _disposed;

    /// <param name="options">Where and when.</param>
    /// <param name="entities">The entities of the node.</param>
    /// <param name="message">What is said of them.</param>
    /// <param name="sink">Takes it.</param>
    /// <param name="time">Clock for the waits.</param>
    /// <param name="random">Draws the waits.</param>
    /// <exception cref="UserErrorException">An option is out of bounds.</exception>
    public HomeAssistantDiscovery(
        MqttHomeAssistantOptions options, NodeEntities entities, DiscoveryMessage message, IMessageSink sink, TimeProvider? time = null, Random? random = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(entities);
        (_options, _message, _topic, _sink) = (options.Validate(), message, entities.ConfigTopic(options.Prefix), sink);
        (_time, _random) = (time ?? TimeProvider.System, random ?? Random.Shared);
    }

    /// <summary>Follows a connection from now on.</summary>
    public void Follow(MqttPublisher publisher)
    {
        ArgumentNullException.ThrowIfNull(publisher);
        publisher.Listen(_topic, TakeConfig);
        if (!_options.Enabled)
            return;
        publisher.Listen(_options.StatusTopic, TakeStatus);
        publisher.ConnectedChanged += (_, connected) =>
        {
            if (connected)
                Connected();
        };
        if (publisher.IsConnected)
            Connected();
    }

    /// <summary>The broker can be reached. Later connects publish the message again by themselves, as everything that is retained.</summary>
    internal void Connected()
    {
        lock (_gate)
        {
            if (!_introduced)
                Schedule();
        }
    }

    /// <summary>Takes a message of Home Assistant's about itself.</summary>
    internal void TakeStatus(MqttMessage message)
    {
        lock (_gate)
        {
            if (message.Text == Online)
                Schedule();
        }
    }

    /// <summary>Takes what the broker retains of an earlier introduction.</summary>
    internal void TakeConfig(MqttMessage message)
    {
        if (!message.Retain || EarlierOf(message) is not { } earlier)
            return;
        if (!_options.Enabled)
        {
            _sink.Publish(new(_topic, ReadOnlyMemory<byte>.Empty, Retain: true));
            return;
        }
        lock (_gate)
        {
            var before = _removed.Count;
            foreach (var (id, component) in earlier.Components)
            {
                if (component is { UniqueId: not null } && IsOurs(id, component) && !_message.Components.ContainsKey(id) && _removed.Count < MostRemoved)
                    _removed.TryAdd(id, new() { Platform = component.Platform });
            }
            if (_introduced && _removed.Count > before)
                Publish();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _timer?.Dispose();
        }
    }

    private static bool IsOurs(string id, DiscoveryComponent component) =>
        id.Length <= 128 && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-')
        && component.Platform is "event" or "binary_sensor" or "sensor" or "switch" or "button";

    private static DiscoveryMessage? EarlierOf(MqttMessage message)
    {
        try
        {
            var earlier = message.Payload.IsEmpty ? null : JsonSerializer.Deserialize(message.Payload.Span, DiscoveryJson.Default.DiscoveryMessage);
            return earlier?.Origin?.Name == NodeEntities.Program && earlier.Components is not null ? earlier : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Schedule()
    {
        if (_timer is not null || _disposed)
            return;
        var wait = _options.DelayMin + ((_options.DelayMax - _options.DelayMin) * _random.NextDouble());
        _timer = _time.CreateTimer(_ => Introduce(), null, wait, Timeout.InfiniteTimeSpan);
    }

    private void Introduce()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
            if (!_disposed)
                Publish();
        }
    }

    private void Publish()
    {
        _introduced = true;
        var message = _message with { Components = new Dictionary<string, DiscoveryComponent>(_message.Components.Concat(_removed)) };
        _sink.Publish(new(_topic, JsonSerializer.SerializeToUtf8Bytes(message, DiscoveryJson.Default.DiscoveryMessage), Retain: true));
    }
}
