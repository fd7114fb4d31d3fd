using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Diarizer.Service.Hosting;

/// <summary>Where log lines go: to standard error, one line each; under systemd in the form that the journal reads priorities from.</summary>
internal static class DaemonLogging
{
    public static void Configure(ILoggingBuilder logging, IConfiguration configuration, LogLevel level)
    {
        // The host would log a start that fails with its stack trace; the command line tells the user in a sentence.
        logging.SetMinimumLevel(level)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
            .AddConfiguration(configuration.GetSection("Logging"));
        logging.AddConsole(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            console.FormatterName = IsUnderSystemd ? ConsoleFormatterNames.Systemd : ConsoleFormatterNames.Simple;
        });
        logging.AddSimpleConsole(line =>
        {
            line.SingleLine = true;
            line.TimestampFormat = "HH:mm:ss.fff ";
        });
    }

    private static bool IsUnderSystemd => Environment.GetEnvironmentVariable("JOURNAL_STREAM") is { Length: > 0 };
}
