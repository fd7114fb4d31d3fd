using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diarizer.Mqtt.Broker;

/// <summary>Starts the embedded broker of the package stack: MQTTnet in this process, or <c>mosquitto</c> as a child process.</summary>
public static class EmbeddedBroker
{
    /// <summary>The port that is tried first when none is given.</summary>
    public const int UsualPort = 1883;

    internal const string Loopback = "127.0.0.1";
    private const int Attempts = 5;

    /// <summary>Starts a broker on 127.0.0.1 and completes when it accepts connections.</summary>
    /// <param name="port">Port; 0 for any free one; null for 1883 if free, else any free one.</param>
    /// <param name="loggers">Where to tell what happens.</param>
    /// <param name="time">Clock for waits.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="UserErrorException">The port is in use or not allowed, or <c>mosquitto</c> is missing or does not start.</exception>
    public static async Task<IEmbeddedBroker> StartAsync(
        int? port = null, ILoggerFactory? loggers = null, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        loggers ??= NullLoggerFactory.Instance;
        time ??= TimeProvider.System;
        if (port is > 0)
        {
            if (Probe(port.Value) is { } obstacle)
                throw Occupied(port.Value, obstacle);
            return await StartOnAsync(port.Value, loggers, time, cancellationToken).ConfigureAwait(false);
        }
        for (var attempt = 1; ; attempt++)
        {
            var free = port is null && attempt == 1 && Probe(UsualPort) is null ? UsualPort : FreePort();
            try
            {
                return await StartOnAsync(free, loggers, time, cancellationToken).ConfigureAwait(false);
            }
            catch (UserErrorException) when (attempt < Attempts && Probe(free) is not null)
            {
                // Another program took the port between our look and the broker's.
            }
        }
    }

    private static async Task<IEmbeddedBroker> StartOnAsync(int port, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellationToken)
    {
#if STACK_NUGET
        return await MqttNet.MqttNetBroker.StartAsync(port, loggers, cancellationToken).ConfigureAwait(false);
#else
        return await MosquittoBroker.StartAsync(port, loggers.CreateLogger<MosquittoBroker>(), time, cancellationToken).ConfigureAwait(false);
#endif
    }

    /// <summary>Tries to listen on the port.</summary>
    /// <returns>Why that is not possible, or null.</returns>
    private static SocketException? Probe(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return null;
        }
        catch (SocketException e)
        {
            return e;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static UserErrorException Occupied(int port, SocketException obstacle) => new(
        obstacle.SocketErrorCode == SocketError.AccessDenied
            ? $"The embedded broker may not listen on port {port}: ports below 1024 need privileges, so choose a higher Mqtt:Port."
            : $"The embedded broker cannot listen on {Loopback}:{port} because another program does: "
                + "choose another Mqtt:Port, or set Mqtt:Host if that program is the broker to use.", obstacle);
}
