#if STACK_NUGET
using System.Net;
using Diarizer.Mqtt.Broker;
using Microsoft.Extensions.Logging;
using MQTTnet.Server;

namespace Diarizer.Mqtt.MqttNet;

/// <summary>MQTTnet's server in this process; it ends with the process, so there is nothing to supervise.</summary>
internal sealed class MqttNetBroker : IEmbeddedBroker
{
    private readonly MqttServer _server;

    private MqttNetBroker(MqttServer server, int port)
    {
        _server = server;
        Port = port;
    }

    public string Host => EmbeddedBroker.Loopback;

    public int Port { get; }

    public static async Task<MqttNetBroker> StartAsync(int port, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var options = new MqttServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointPort(port)
            .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
            .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .Build();
        var server = new MqttServerFactory().CreateMqttServer(options);
        try
        {
            await server.StartAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            server.Dispose();
            throw new UserErrorException($"The embedded broker does not start on {EmbeddedBroker.Loopback}:{port} ({e.GetBaseException().Message}): "
                + "choose another Mqtt:Port, or set Mqtt:Host to a broker that runs elsewhere.", e);
        }
        loggers.CreateLogger<MqttNetBroker>().EmbeddedBrokerStarted(EmbeddedBroker.Loopback, port);
        return new MqttNetBroker(server, port);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync().ConfigureAwait(false);
        _server.Dispose();
    }
}
#endif
