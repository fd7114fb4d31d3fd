namespace Diarizer.Mqtt;

/// <summary>Which commands a node takes from the broker.</summary>
public sealed record MqttCommandOptions
{
    /// <summary>False takes none: the node only publishes.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The largest command, in kilobytes, 1 to 16384; a larger one is refused.</summary>
    public int MaxKilobytes { get; init; } = 1024;

    /// <summary>Commands a second over time, 0.1 to 1000; more are refused.</summary>
    public double PerSecond { get; init; } = 5;

    /// <summary>Commands that may come at once, 1 to 1000.</summary>
    public int Burst { get; init; } = 20;

    /// <summary>The largest payload in bytes.</summary>
    internal int MaxBytes => MaxKilobytes * 1024;

    /// <summary>The largest packet that the broker may send at all. What lies between this and <see cref="MaxBytes"/> is answered with an error.</summary>
    internal uint MaxPacketBytes => (uint)MaxBytes * 4 + 65536;

    /// <summary>Checks bounds.</summary>
    /// <returns>This.</returns>
    /// <exception cref="UserErrorException">A value is out of bounds.</exception>
    public MqttCommandOptions Validate()
    {
        Require(MaxKilobytes is >= 1 and <= 16384, "Mqtt:Commands:MaxKilobytes", MaxKilobytes, "1 to 16384");
        Require(PerSecond is >= 0.1 and <= 1000, "Mqtt:Commands:PerSecond", PerSecond, "0.1 to 1000");
        Require(Burst is >= 1 and <= 1000, "Mqtt:Commands:Burst", Burst, "1 to 1000");
        return this;
    }

    private static void Require(bool ok, string name, object value, string bounds)
    {
        if (!ok)
            throw new UserErrorException($"{name} is {value}, but must be {bounds}.");
    }
}
