using Microsoft.Extensions.Logging;

namespace Diarizer.Mqtt;

/// <summary>Every log message about brokers, the outbox and commands; event ids from 100 to 199. Payloads are never logged: they may name people.</summary>
internal static partial class MqttLog
{
    [LoggerMessage(100, LogLevel.Information, "MQTT: connected to {Host}:{Port} as {ClientId}.")]
    public static partial void Connected(this ILogger log, string host, int port, string clientId);

    [LoggerMessage(101, LogLevel.Warning, "MQTT: {Reason} Trying again until it works.")]
    public static partial void ConnectionTrouble(this ILogger log, Exception? error, string reason);

    [LoggerMessage(102, LogLevel.Warning, "MQTT: {Reason}")]
    public static partial void PublishRejected(this ILogger log, string reason);

    [LoggerMessage(103, LogLevel.Warning, "MQTT: {Reason}")]
    public static partial void SubscribeRejected(this ILogger log, string reason);

    [LoggerMessage(104, LogLevel.Error, "MQTT: a fault while sending; the message is sent again on the next connection.")]
    public static partial void SendBroke(this ILogger log, Exception error);

    [LoggerMessage(105, LogLevel.Warning, "MQTT: the broker did not take the farewell; its last will tells subscribers.")]
    public static partial void FarewellRejected(this ILogger log);

    [LoggerMessage(106, LogLevel.Warning, "MQTT: {Host}:{Port} did not answer the farewell in time; its last will tells subscribers.")]
    public static partial void FarewellTimedOut(this ILogger log, string host, int port);

    [LoggerMessage(107, LogLevel.Information, "MQTT: corrected a stale \"offline\" on {Topic}.")]
    public static partial void StaleStatusCorrected(this ILogger log, string topic);

    [LoggerMessage(108, LogLevel.Error, "MQTT: a handler failed.")]
    public static partial void HandlerBroke(this ILogger log, Exception error);

    [LoggerMessage(120, LogLevel.Information, "The embedded broker listens on {Host}:{Port}.")]
    public static partial void EmbeddedBrokerStarted(this ILogger log, string host, int port);

    [LoggerMessage(121, LogLevel.Warning, "The embedded broker ended ({Reason}) and is started again.")]
    public static partial void EmbeddedBrokerEnded(this ILogger log, string reason);

    [LoggerMessage(122, LogLevel.Error, "The embedded broker cannot be started again.")]
    public static partial void EmbeddedBrokerBroke(this ILogger log, Exception error);

    [LoggerMessage(123, LogLevel.Debug, "mosquitto: {Line}")]
    public static partial void EmbeddedBrokerSaid(this ILogger log, string line);

    [LoggerMessage(140, LogLevel.Information, "MQTT: {Count} events of an earlier run wait in the outbox.")]
    public static partial void OutboxHasEvents(this ILogger log, long count);

    [LoggerMessage(141, LogLevel.Error, "MQTT: the outbox cannot be used: {Reason}. Events are kept in memory only, and the disk is tried again.")]
    public static partial void OutboxFailed(this ILogger log, string reason);

    [LoggerMessage(142, LogLevel.Information, "MQTT: the outbox works again.")]
    public static partial void OutboxRecovered(this ILogger log);

    [LoggerMessage(143, LogLevel.Error, "MQTT: the outbox {File} {Reason}; it was set aside as {Target} and a fresh one is begun. Events that waited in it are not sent.")]
    public static partial void OutboxSetAside(this ILogger log, string file, string reason, string target);

    [LoggerMessage(144, LogLevel.Error, "MQTT: events were dropped: {Drops}.")]
    public static partial void EventsDropped(this ILogger log, string drops);

    [LoggerMessage(145, LogLevel.Warning, "MQTT: the disk with the outbox does not answer; events of the last moments may be lost.")]
    public static partial void OutboxHangs(this ILogger log);

    [LoggerMessage(146, LogLevel.Error, "MQTT: a fault in the outbox.")]
    public static partial void OutboxBroke(this ILogger log, Exception error);

    [LoggerMessage(160, LogLevel.Information, "{Command} done.")]
    public static partial void CommandDone(this ILogger log, string command);

    [LoggerMessage(161, LogLevel.Information, "{Command} was not done: {Reason}")]
    public static partial void CommandNotDone(this ILogger log, string command, string reason);

    [LoggerMessage(162, LogLevel.Warning, "The command {Command} was refused: {Reason}")]
    public static partial void CommandRefused(this ILogger log, string command, string reason);

    [LoggerMessage(163, LogLevel.Error, "{Command} failed.")]
    public static partial void CommandBroke(this ILogger log, Exception error, string command);
}
