using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diarizer.Mqtt.Connection;

/// <summary>Makes connections with the MQTT library of the package stack: MQTTnet, or libmosquitto.</summary>
public static class MqttConnections
{
    /// <summary>A new connection, not yet connected.</summary>
    public static IMqttConnection Create(ILoggerFactory? loggers = null)
    {
        loggers ??= NullLoggerFactory.Instance;
#if STACK_NUGET
        return new MqttNet.MqttNetConnection(loggers.CreateLogger<MqttNet.MqttNetConnection>());
#else
        return new Mosquitto.MosquittoConnection(loggers.CreateLogger<Mosquitto.MosquittoConnection>());
#endif
    }
}
