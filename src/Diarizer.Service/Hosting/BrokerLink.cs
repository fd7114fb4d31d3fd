using Diarizer.Mqtt;
using Diarizer.Mqtt.Broker;
using Diarizer.Mqtt.Publishing;
using Microsoft.Extensions.Logging;

namespace Diarizer.Service.Hosting;

/// <summary>The way to subscribers: the configured broker, or one of our own on this machine when none is configured.</summary>
public sealed class BrokerLink : IAsyncDisposable
{
    private readonly IEmbeddedBroker? _broker;

    private BrokerLink(MqttOptions options, IEmbeddedBroker? broker, TimeProvider time, ILoggerFactory loggers)
    {
        (Options, _broker) = (options, broker);
        Publisher = new MqttPublisher(options, time: time, loggers: loggers);
    }

    /// <summary>The broker's address and more.</summary>
    public MqttOptions Options { get; }

    /// <summary>Connects in the background and queues until then.</summary>
    public MqttPublisher Publisher { get; }

    /// <summary>True for a broker of our own.</summary>
    public bool IsEmbedded => _broker is not null;

    /// <summary>The command that shows every turn on a terminal.</summary>
    public string SubscribeCommand
    {
        get
        {
            var account = string.IsNullOrEmpty(Options.UserName) ? "" : $" -u {Options.UserName} -P …";
            var tls = Options.Tls is null ? "" : $" --cafile {Options.Tls.CaFile ?? "/etc/ssl/certs/ca-certificates.crt"}";
            return $"mosquitto_sub -h {Options.Host} -p {Options.BrokerPort}{account}{tls} -v -t '{Publisher.Topics.Base}/streams/+/turns'";
        }
    }

    /// <summary>Starts the broker if need be, and the connection.</summary>
    /// <exception cref="UserErrorException">The embedded broker cannot start.</exception>
    public static async Task<BrokerLink> StartAsync(MqttOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancel)
    {
        IEmbeddedBroker? broker = null;
        if (string.IsNullOrEmpty(options.Host))
        {
            broker = await EmbeddedBroker.StartAsync(options.Port, loggers, time, cancel);
            // Loopback has no eavesdropper: accounts and TLS are for brokers elsewhere.
            options = options with { Host = broker.Host, Port = broker.Port, UserName = null, PasswordFile = null, Tls = null };
        }

        var link = new BrokerLink(options, broker, time, loggers);
        link.Publisher.Start();
        return link;
    }

    /// <summary>Delivers what is queued, says <c>offline</c>, then ends the own broker.</summary>
    public async ValueTask DisposeAsync()
    {
        await Publisher.DisposeAsync();
        if (_broker is not null)
            await _broker.DisposeAsync();
    }
}
