using Diarizer.Mqtt.Connection;
using Diarizer.Tests.Shared;

namespace Diarizer.Mqtt.Tests.Support;

/// <summary>Collects what a broker delivers for a filter, and checks at the end that it is as the contract says.</summary>
internal sealed class Subscriber : IAsyncDisposable
{
    private readonly IMqttConnection _connection = MqttConnections.Create();
    private readonly List<MqttMessage> _messages = [];
    private readonly Lock _gate = new();

    public event Action<MqttMessage>? Received;

    public IReadOnlyList<MqttMessage> Messages
    {
        get
        {
            lock (_gate)
                return [.. _messages];
        }
    }

    public static async Task<Subscriber> StartAsync(MqttOptions options, string filter = "diarizer/#")
    {
        var subscriber = new Subscriber();
        subscriber._connection.MessageReceived += (_, message) =>
        {
            lock (subscriber._gate)
                subscriber._messages.Add(message);
            subscriber.Received?.Invoke(message);
        };
        var client = options with { ClientId = $"subscriber-{Guid.NewGuid():N}" };
        await subscriber._connection.ConnectAsync(new(client, null), TestContext.Current.CancellationToken);
        await subscriber._connection.SubscribeAsync(filter, MqttQos.AtLeastOnce, TestContext.Current.CancellationToken);
        return subscriber;
    }

    public IReadOnlyList<string> On(string topic) => [.. Messages.Where(m => m.Topic == topic).Select(m => m.Text)];

    public Task PublishAsync(MqttMessage message) => _connection.PublishAsync(message, TestContext.Current.CancellationToken);

    public Task WaitForAsync(string topic, string text, int count = 1) =>
        Eventually.TrueAsync(() => On(topic).Count(t => t == text) >= count, () => $"\"{text}\" on {topic}; came: {string.Join(" | ", Messages.Select(m => $"{m.Topic}={m.Text}"))}");

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        ContractCheck.Current.RequireOfVersioned(Messages.Select(m => (m.Topic, m.Text)));
    }
}
