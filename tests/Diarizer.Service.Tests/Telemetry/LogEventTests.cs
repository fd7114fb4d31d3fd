using System.Reflection;
using System.Text.RegularExpressions;
using Diarizer.Mqtt.Publishing;
using Diarizer.Service.Hosting;
using Diarizer.Tests.Shared;
using Microsoft.Extensions.Logging;

namespace Diarizer.Service.Tests.Telemetry;

/// <summary>Every log message has an event id of its own, which docs/operating.md tells.</summary>
public partial class LogEventTests
{
    private static readonly Assembly[] Daemon = [typeof(Daemon).Assembly, typeof(MqttPublisher).Assembly];

    private static readonly List<(string Name, LoggerMessageAttribute Event)> Events =
        [.. Daemon.SelectMany(a => a.GetTypes())
            .SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(m => (m.Name, m.GetCustomAttribute<LoggerMessageAttribute>()!))
            .Where(m => m.Item2 is not null)
            .OrderBy(m => m.Item2.EventId)];

    [Fact]
    public void The_page_lists_every_event() => new DocumentedTable("log events").MustBe([
        "| id | event | level | message |",
        "|---|---|---|---|",
        .. Events.Select(e => $"| {e.Event.EventId} | {e.Name} | {e.Event.Level} | {e.Event.Message} |"),
    ]);

    [Fact]
    public void Event_ids_and_names_are_unique()
    {
        Assert.InRange(Events.Count, 30, 500);
        Assert.Equal(Events.Count, Events.Select(e => e.Event.EventId).Distinct().Count());
        Assert.Equal(Events.Count, Events.Select(e => e.Name).Distinct().Count());
    }

    [Fact]
    public void Nothing_is_logged_without_an_event_id()
    {
        var sources = new[] { "Diarizer.Service", "Diarizer.Mqtt", "Diarizer.Audio", "Diarizer.Streaming", "Diarizer.Networks" }
            .SelectMany(project => Directory.EnumerateFiles(Repository.PathTo("src", project), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal));
        Assert.All(sources, file => Assert.DoesNotMatch(PlainCall(), File.ReadAllText(file)));
    }

    [GeneratedRegex(@"\.Log(Trace|Debug|Information|Warning|Error|Critical)?\(LogLevel|\.Log(Trace|Debug|Information|Warning|Error|Critical)\(")]
    private static partial Regex PlainCall();
}
