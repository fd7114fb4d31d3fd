using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Diarizer.Service.Options;
using Diarizer.Service.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Diarizer.Service.Tests.Telemetry;

/// <summary>What is sent to an OpenTelemetry collector, by a server that stands in for one.</summary>
[Collection(MeterCollection.Name)]
public sealed class MetricsCollectorTests
{
    private readonly ConcurrentQueue<(string Path, string Type, string Body)> _requests = new();
    private readonly ConcurrentQueue<string> _log = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(OtlpProtocol.Http, "/v1/metrics", "application/x-protobuf")]
    [InlineData(OtlpProtocol.Grpc, "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", "application/grpc")]
    public async Task Measurements_reach_a_collector(OtlpProtocol protocol, string path, string type)
    {
        await using var server = await CollectAsync(protocol == OtlpProtocol.Grpc ? HttpProtocols.Http2 : HttpProtocols.Http1);
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var loggers = LoggerFactory.Create(_ => { });
        var options = new MetricsOptions { OtlpEndpoint = AddressOf(server), OtlpProtocol = protocol, OtlpInterval = TimeSpan.FromMilliseconds(100) };
        using var collector = new MetricsCollector(options, "hall", loggers);
        services.GetRequiredService<IMeterFactory>().Create(DaemonMetrics.MeterName).CreateCounter<long>("test.sent", "{turn}").Add(1);
        (string Path, string Type, string Body) request;
        for (var tries = 0; !_requests.TryDequeue(out request) || !request.Body.Contains("test.sent", StringComparison.Ordinal); tries++)
        {
            Assert.InRange(tries, 0, 600);
            await Task.Delay(50, Stop);
        }

        Assert.Equal(path, request.Path);
        Assert.StartsWith(type, request.Type, StringComparison.Ordinal);
        Assert.All(["test.sent", "diarizer", "hall"], word => Assert.Contains(word, request.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_collector_that_is_away_is_told_once()
    {
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(new ListLogger(_log)));
        using (new MetricsCollector(new MetricsOptions { OtlpEndpoint = "http://127.0.0.1:1", OtlpProtocol = OtlpProtocol.Http, OtlpInterval = TimeSpan.FromMilliseconds(50) }, "hall", loggers))
            await Task.Delay(700, Stop);
        Assert.Contains("127.0.0.1:1", Assert.Single(_log), StringComparison.Ordinal);
    }

    private async Task<WebApplication> CollectAsync(HttpProtocols protocols)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.Protocols = protocols));
        var application = builder.Build();
        application.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _requests.Enqueue((context.Request.Path, context.Request.ContentType ?? "", Encoding.Latin1.GetString(body.ToArray())));
            context.Response.ContentType = context.Request.ContentType;
            if (protocols == HttpProtocols.Http2)
            {
                // An empty message: no flag, length 0.
                await context.Response.Body.WriteAsync(new byte[5]);
                context.Response.AppendTrailer("grpc-status", "0");
            }
        });
        await application.StartAsync(Stop);
        return application;
    }

    private static string AddressOf(WebApplication server) => server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    private sealed class ListLogger(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
