using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Diarizer.Service.Control;
using Diarizer.Service.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Diarizer.Service.Tests.Telemetry;

/// <summary>docs/operating.md lists the instruments of the meter, all of them and no others.</summary>
[Collection(MeterCollection.Name)]
public partial class MetricsDocumentationTests
{
    private static readonly List<Instrument> Instruments = Published();

    [Fact]
    public void The_page_lists_every_instrument() => new DocumentedTable("metrics").MustBe([
        "| metric | kind | unit | meaning |",
        "|---|---|---|---|",
        .. Instruments.OrderBy(i => i.Name, StringComparer.Ordinal).Select(i => $"| `{i.Name}` | {KindOf(i)} | `{i.Unit}` | {i.Description} |"),
    ]);

    [Fact]
    public void Names_are_dotted_and_units_are_told()
    {
        Assert.InRange(Instruments.Count, 20, 60);
        Assert.All(Instruments, i => Assert.Matches(DottedName(), i.Name));
        Assert.All(Instruments, i => Assert.Matches(Unit(), i.Unit));
        Assert.All(Instruments, i => Assert.EndsWith(".", i.Description, StringComparison.Ordinal));
        Assert.Equal(Instruments.Count, Instruments.Select(i => i.Name).Distinct().Count());
    }

    private static List<Instrument> Published()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        List<Instrument> found = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Scope == meters)
                found.Add(instrument);
        };
        listener.Start();
        _ = new DaemonMetrics(meters, new StreamDirectory(), TimeProvider.System);
        return found;
    }

    private static string KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0].Replace("Observable", "", StringComparison.Ordinal).ToLowerInvariant();

    [GeneratedRegex(@"^diarizer(\.[a-z]+(_[a-z]+)*)+$")]
    private static partial Regex DottedName();

    [GeneratedRegex(@"^(s|1|\{[a-z]+\})$")]
    private static partial Regex Unit();
}
