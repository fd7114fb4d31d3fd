using System.Text;

namespace Diarizer.Mqtt;

/// <summary>Where the broker is and how to talk to it. Immutable; change it with <c>with</c>, then call <see cref="Validate"/>.</summary>
public sealed record MqttOptions
{
    /// <summary>Name or address of the broker; null or empty means that none is configured and the embedded broker is to be used.</summary>
    public string? Host { get; init; }

    /// <summary>Port of the broker, 1–65535; null means 1883, or 8883 with TLS.</summary>
    public int? Port { get; init; }

    /// <summary>Name of this machine in topics, <c>[a-z0-9_-]</c>; all topics start with <c>diarizer/&lt;node&gt;</c>.</summary>
    public string Node { get; init; } = DefaultNode();

    /// <summary>Client id, stable over restarts so that the broker recognises the session; null means <c>diarizer-&lt;node&gt;</c>.</summary>
    public string? ClientId { get; init; }

    /// <summary>User name, or null for none.</summary>
    public string? UserName { get; init; }

    /// <summary>File that holds the password (one line), or the name of a systemd credential; see <see cref="Secret"/>. Read at every connect.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Set to encrypt the connection; null means plain TCP.</summary>
    public MqttTlsOptions? Tls { get; init; }

    /// <summary>MQTT version; 3.1.1 is for brokers that lack 5 and has no will delay.</summary>
    public MqttProtocol Protocol { get; init; } = MqttProtocol.V5;

    /// <summary>Silence after which the connection is probed, 5 s to 10 min. A frozen broker is noticed within twice this time.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Time one attempt to connect may take, 1 s to 2 min. The default keeps a returning broker waiting less than 5 s, even if it was silent before.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long the broker waits with the last will after the connection broke, 0 to 60 s; a reconnect within it is not noticed by subscribers.</summary>
    public TimeSpan WillDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long the broker remembers the session after a disconnect and keeps commands for it, 0 to 7 days, at least <see cref="WillDelay"/> and 1 s (MQTT 5).
    /// A command that waited that long is executed late, so be careful with hours.
    /// </summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Upper bound of the first wait between attempts to connect, 10 ms to <see cref="BackoffMax"/>; doubled with each failure.</summary>
    public TimeSpan BackoffMin { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Upper bound of the time from one attempt to connect to the next, at most 10 min. The default keeps a returning broker waiting less than 5 s.</summary>
    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How many events may wait in memory (responses to commands, and all events while the outbox has no disk), 64 to 1,000,000; when full the oldest is dropped and counted.</summary>
    public int QueueCapacity { get; init; } = 10_000;

    /// <summary>How turn events are kept until the broker has acknowledged them.</summary>
    public MqttOutboxOptions Outbox { get; init; } = new();

    /// <summary>Which commands are taken.</summary>
    public MqttCommandOptions Commands { get; init; } = new();

    /// <summary>How the node introduces itself to Home Assistant.</summary>
    public MqttHomeAssistantOptions HomeAssistant { get; init; } = new();

    /// <summary>The port in effect.</summary>
    public int BrokerPort => Port ?? (Tls is null ? 1883 : 8883);

    /// <summary>The client id in effect.</summary>
    public string EffectiveClientId => string.IsNullOrEmpty(ClientId) ? $"diarizer-{Node}" : ClientId;

    /// <summary>Checks bounds, names and files.</summary>
    /// <returns>This.</returns>
    /// <exception cref="UserErrorException">A value is out of bounds or a file is missing.</exception>
    public MqttOptions Validate()
    {
        Topics.CheckSegment(Node, "Mqtt:Node");
        Require(Port is null or (>= 1 and <= 65535), "Mqtt:Port", Port, "1 to 65535");
        Require(Encoding.UTF8.GetByteCount(EffectiveClientId) is >= 1 and <= 256, "Mqtt:ClientId", EffectiveClientId, "at most 256 bytes");
        RequireBetween("Mqtt:KeepAlive", KeepAlive, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10));
        RequireBetween("Mqtt:ConnectTimeout", ConnectTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
        RequireBetween("Mqtt:WillDelay", WillDelay, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        RequireBetween("Mqtt:SessionExpiry", SessionExpiry, TimeSpan.Zero, TimeSpan.FromDays(7));
        RequireBetween("Mqtt:BackoffMin", BackoffMin, TimeSpan.FromMilliseconds(10), BackoffMax);
        RequireBetween("Mqtt:BackoffMax", BackoffMax, BackoffMin, TimeSpan.FromMinutes(10));
        Require(QueueCapacity is >= 64 and <= 1_000_000, "Mqtt:QueueCapacity", QueueCapacity, "64 to 1000000");
        if (!string.IsNullOrEmpty(PasswordFile))
        {
            if (string.IsNullOrEmpty(UserName))
                throw new UserErrorException("Mqtt:PasswordFile is set without Mqtt:UserName: set both, or remove the password.");
            Secret.Read(PasswordFile, "Mqtt:PasswordFile");
        }
        Tls?.Validate();
        Outbox.Validate();
        Commands.Validate();
        HomeAssistant.Validate();
        return this;
    }

    private static void RequireBetween(string name, TimeSpan value, TimeSpan low, TimeSpan high) =>
        Require(value >= low && value <= high, name, value, $"{low:c} to {high:c}");

    private static void Require(bool ok, string name, object? value, string bounds)
    {
        if (!ok)
            throw new UserErrorException($"{name} is {value}, but must be {bounds}.");
    }

    private static string DefaultNode()
    {
        var name = Environment.MachineName.ToLowerInvariant();
        var node = new string([.. name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '-').Take(Topics.MaxSegmentLength)]);
        return node.Length == 0 ? "node" : node;
    }
}
