namespace Diarizer.Mqtt.Connection;

/// <summary>The connection could not be made or ended; trying again later may help.</summary>
public class MqttConnectionException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The broker is there and said no to one message or subscription; sending the same again will not help.</summary>
public class MqttRejectedException(string message, Exception? inner = null) : Exception(message, inner);
