using Diarizer.Audio.Sources;
using Microsoft.Extensions.Logging;

namespace Diarizer.Service.Hosting;

/// <summary>Every log message of the daemon but those about MQTT; event ids below 100. Messages name streams and sources, never people, and carry no audio and no embeddings.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Ready after {Milliseconds} ms: {Streams} stream(s) on {Device}")]
    public static partial void Ready(this ILogger log, long milliseconds, int streams, string device);

    [LoggerMessage(2, LogLevel.Information, "Stopping")]
    public static partial void Stopping(this ILogger log);

    [LoggerMessage(3, LogLevel.Information, "All sources have ended")]
    public static partial void AllEnded(this ILogger log);

    [LoggerMessage(4, LogLevel.Information, "Live page at {Address}")]
    public static partial void PageOpened(this ILogger log, Uri address);

    [LoggerMessage(5, LogLevel.Warning, "{Reason} The daemon goes on without it")]
    public static partial void NoPage(this ILogger log, string reason);

    [LoggerMessage(10, LogLevel.Information, "Stream {Stream} listens to {Source} ({Rate} Hz, {Channels} channel(s))")]
    public static partial void StreamOpened(this ILogger log, string stream, string source, int rate, int channels);

    [LoggerMessage(11, LogLevel.Information, "Session of {Stream} ended after {Seconds:F1} s of audio: {Turns} turn(s), {Speakers} speaker(s)")]
    public static partial void SessionEnded(this ILogger log, string stream, double seconds, int turns, int speakers);

    [LoggerMessage(12, LogLevel.Error, "Stream {Stream} failed: {Reason}")]
    public static partial void StreamFailed(this ILogger log, string stream, string reason);

    [LoggerMessage(13, LogLevel.Warning, "Stream {Stream} lost {Milliseconds} ms of audio")]
    public static partial void AudioLost(this ILogger log, string stream, long milliseconds);

    [LoggerMessage(14, LogLevel.Error, "Stream {Stream} failed unexpectedly")]
    public static partial void StreamBroke(this ILogger log, Exception error, string stream);

    [LoggerMessage(15, LogLevel.Warning, "Stream {Stream}: {Kind}: {Reason}")]
    public static partial void SourceEvent(this ILogger log, string stream, SourceEventKind kind, string reason);

    [LoggerMessage(16, LogLevel.Warning, "Stream {Stream}: processing does not keep up; {Milliseconds} ms of audio were dropped")]
    public static partial void Overloaded(this ILogger log, string stream, long milliseconds);

    [LoggerMessage(17, LogLevel.Warning, "Enrolled people are not recognised: {Reason}")]
    public static partial void EnrolmentOff(this ILogger log, string reason);

    [LoggerMessage(20, LogLevel.Error, "No progress on {Streams}; the watchdog is not fed")]
    public static partial void StreamsStuck(this ILogger log, string streams);

    [LoggerMessage(21, LogLevel.Warning, "Metrics cannot be sent to {Endpoint}; it is tried again")]
    public static partial void MetricsNotSent(this ILogger log, string endpoint);

    [LoggerMessage(22, LogLevel.Information, "Metrics are sent to {Endpoint} again")]
    public static partial void MetricsSentAgain(this ILogger log, string endpoint);

    [LoggerMessage(30, LogLevel.Warning, "The console could not keep up: {Count} event(s) were not printed")]
    public static partial void ConsoleDropped(this ILogger log, long count);
}
