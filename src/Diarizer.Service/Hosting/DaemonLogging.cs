using Diarizer.Service.Options;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Diarizer.Service.Hosting;

/// <summary>Where log lines go: to standard error, one line each; under systemd in the form that the journal reads priorities from, or as JSON.</summary>
internal static class DaemonLogging
{
    public static void Configure(ILoggingBuilder logging, IConfiguration configuration, LogLevel level, LogFormat format)
    {
        // The host would log a start that fails with its stack trace; the command line tells the user in a sentence.
        logging.SetMinimumLevel(level)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
            // Whoever asks gets the answer; the log has the reasons from those who know them.
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None)
            .AddConfiguration(configuration.GetSection("Logging"));
        logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        // Container images of .NET set a format in the environment, for all programs.
        logging.Services.PostConfigure<ConsoleLoggerOptions>(console =>
            console.FormatterName = format == LogFormat.Json ? ConsoleFormatterNames.Json : IsUnderSystemd ? ConsoleFormatterNames.Systemd : ConsoleFormatterNames.Simple);
        logging.AddSimpleConsole(line =>
        {
            line.SingleLine = true;
            line.TimestampFormat = "HH:mm:ss.fff ";
        });
        logging.AddJsonConsole(line =>
        {
            line.UseUtcTimestamp = true;
            line.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        });
    }

    private static bool IsUnderSystemd => Environment.GetEnvironmentVariable("JOURNAL_STREAM") is { Length: > 0 };
}
