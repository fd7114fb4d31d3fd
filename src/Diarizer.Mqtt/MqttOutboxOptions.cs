namespace Diarizer.Mqtt;

/// <summary>How events are kept until the broker has acknowledged them, over outages and the end of the process.</summary>
public sealed record MqttOutboxOptions
{
    /// <summary>False keeps events in memory only: they outlive an outage, but not the process.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Directory of the file <c>outbox.db</c>, made when absent; null means memory only. The daemon sets its state directory.</summary>
    public string? Directory { get; init; }

    /// <summary>How much may wait, in megabytes of events, 1 to 4096 (an hour of lively talk is about 3); beyond that the oldest are dropped, counted and announced.</summary>
    public int MaxMegabytes { get; init; } = 64;

    /// <summary>How long an event may wait, 1 min to 365 days; older ones are dropped, counted and announced.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>When a write counts as done.</summary>
    public MqttOutboxSynchronous Synchronous { get; init; } = MqttOutboxSynchronous.Full;

    /// <summary>The most events a second that are sent from the record, 10 to 100,000: a broker queues few for each subscriber (mosquitto 1,000) and drops the rest.</summary>
    public int ReplayPerSecond { get; init; } = 500;

    /// <summary>The most bytes of events that may wait.</summary>
    internal long MaxBytes => MaxMegabytes * 1_000_000L;

    /// <summary>Checks bounds.</summary>
    /// <returns>This.</returns>
    /// <exception cref="UserErrorException">A value is out of bounds.</exception>
    public MqttOutboxOptions Validate()
    {
        Require(MaxMegabytes is >= 1 and <= 4096, "Mqtt:Outbox:MaxMegabytes", MaxMegabytes, "1 to 4096");
        Require(MaxAge >= TimeSpan.FromMinutes(1) && MaxAge <= TimeSpan.FromDays(365), "Mqtt:Outbox:MaxAge", MaxAge, "00:01:00 to 365.00:00:00");
        Require(ReplayPerSecond is >= 10 and <= 100_000, "Mqtt:Outbox:ReplayPerSecond", ReplayPerSecond, "10 to 100000");
        return this;
    }

    private static void Require(bool ok, string name, object value, string bounds)
    {
        if (!ok)
            throw new UserErrorException($"{name} is {value}, but must be {bounds}.");
    }
}

/// <summary>When a write to the outbox counts as done (SQLite's <c>synchronous</c> in WAL mode).</summary>
public enum MqttOutboxSynchronous
{
    /// <summary>When it is on the disk: neither <c>kill -9</c> nor a power cut loses it.</summary>
    Full,

    /// <summary>When the kernel has it: <c>kill -9</c> does not lose it; a power cut may lose the last half minute. Spares flash memory.</summary>
    Normal,
}
