using System.Globalization;

namespace Diarizer.Service.Options;

/// <summary>What the flags of <c>diarizer run</c> set; null leaves the configured value.</summary>
/// <param name="Sources">Values of <c>--source</c>; they replace the configured streams.</param>
/// <param name="Broker">Value of <c>--broker</c>.</param>
/// <param name="Device">Value of <c>--device</c>.</param>
/// <param name="ModelDirectory">Value of <c>--model-dir</c>.</param>
/// <param name="Realtime">Play all files at the speed of the clock.</param>
public sealed record CommandLineOverrides(
    IReadOnlyList<string>? Sources = null, string? Broker = null, string? Device = null, string? ModelDirectory = null, bool Realtime = false)
{
    /// <summary>The options with the flags laid over them.</summary>
    /// <exception cref="UserErrorException"><c>--broker</c> is not HOST or HOST:PORT.</exception>
    public DiarizerOptions Apply(DiarizerOptions options)
    {
        if (Sources is { Count: > 0 })
            options = options with { Streams = SourceArgument.Parse(Sources, Realtime) };
        else if (Realtime)
            options = options with { Streams = [.. options.Streams.Select(s => s with { Realtime = true })] };
        if (Broker is not null)
        {
            var (host, port) = SplitBroker(Broker);
            options = options with { Mqtt = options.Mqtt with { Host = host, Port = port ?? options.Mqtt.Port } };
        }

        return options with { Device = Device ?? options.Device, Models = ModelDirectory ?? options.Models };
    }

    private static (string Host, int? Port) SplitBroker(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0 && text.Length > 0)
            return (text, null);
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? (text[..colon].Trim('[', ']'), port)
            : throw new UserErrorException($"--broker {text} is not an address; give HOST:PORT, such as localhost:1883.");
    }
}
