using Diarizer.Service.Control;
using Diarizer.Service.Health;
using Diarizer.Service.Options;
using Diarizer.Service.Publishing;
using Diarizer.Service.Systemd;
using Diarizer.Service.Telemetry;
using Diarizer.Service.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Diarizer.Service.Hosting;

/// <summary>Builds the host of <c>diarizer run</c>. Read from top to bottom it is the map of the daemon.</summary>
public static class Daemon
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    /// <summary>Runs until all sources have ended or a signal comes.</summary>
    /// <param name="loaded">Valid options, and where log levels come from.</param>
    /// <param name="live">The same, as they can change.</param>
    /// <param name="print">Print turns to the terminal.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(LoadedOptions loaded, LiveOptions live, bool print, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(loaded);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        DaemonLogging.Configure(builder.Logging, loaded.Configuration, print ? LogLevel.Warning : LogLevel.Information, loaded.Options.LogFormat);
        builder.Services
            .AddSingleton(loaded.Options)
            .AddSingleton(live)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(_ => SystemdNotifier.FromEnvironment())
            .AddSingleton<ProgressWatch>()
            .AddSingleton<StreamDirectory>()
            .AddMetrics()
            .AddSingleton<DaemonMetrics>()
            .AddSingleton<StatusSource>()
            .AddSingleton<IWebEndpoints, HealthEndpoints>()
            .AddSingleton<Pipeline>()
            .AddHostedService(services => services.GetRequiredService<Pipeline>())
            .Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true)
            .Configure<HostOptions>(host => host.ShutdownTimeout = StopLimit);
        builder.Services.AddHealthChecks().AddCheck<LiveCheck>(nameof(LiveCheck)).AddCheck<ReadyCheck>(nameof(ReadyCheck));
        if (loaded.Options.Metrics.Enabled)
        {
            builder.Services
                .AddSingleton(services => new MetricsCollector(loaded.Options.Metrics, loaded.Options.Mqtt.Node, services.GetRequiredService<ILoggerFactory>()))
                .AddSingleton<IWebEndpoints, MetricsEndpoint>();
        }

        if (print)
        {
            builder.Services
                .AddSingleton(services => new ConsoleQueue(Console.Out, services.GetRequiredService<ILogger<ConsoleQueue>>()))
                .AddSingleton<ConsolePrinter>();
        }

        if (WatchdogInterval.FromEnvironment() is { } interval)
            builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<WatchdogService>(services, interval));

        using var host = builder.Build();
        // What is measured before it listens would be lost.
        _ = host.Services.GetService<MetricsCollector>();
        var pipeline = host.Services.GetRequiredService<Pipeline>();
        try
        {
            await host.RunAsync(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Told to stop while it was still starting.
        }

        return pipeline.ExitCode;
    }
}
