using System.Text.Json;
using Diarizer.Service.Output;
using Diarizer.Streaming.Events;

namespace Diarizer.Service.Tests.Output;

public sealed class TurnPrinterTests
{
    [Fact]
    public void Turns_that_were_withdrawn_say_so_and_do_not_count()
    {
        using var output = new StringWriter();
        var printer = new TurnPrinter(output, json: false);
        foreach (var turn in new[] { Turn(TurnEventKind.Ended, 1, 1, 1, 0, 2), Turn(TurnEventKind.Ended, 2, 1, 2, 3, 4), Turn(TurnEventKind.Revised, 3, 0, 3, 1, 2), Turn(TurnEventKind.Revised, 2, 2, 0, 3, 3) })
            printer.Print("a.wav", turn);
        printer.PrintSummary(10, 1);
        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith("s1", lines[0].TrimEnd(), StringComparison.Ordinal);
        Assert.EndsWith("s3  (corrected)", lines[2].TrimEnd(), StringComparison.Ordinal);
        Assert.EndsWith("(withdrawn)", lines[3].TrimEnd(), StringComparison.Ordinal);
        Assert.StartsWith("2 turns, 2 speakers, 2 corrections", lines[4], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "ended revised")]
    [InlineData(true, "started updated ended revised")]
    public void Json_tells_what_happened_and_how_much_had_been_heard(bool updates, string expected)
    {
        using var output = new StringWriter();
        var printer = new TurnPrinter(output, json: true, updates: updates);
        TurnEventKind[] kinds = [TurnEventKind.Started, TurnEventKind.Updated, TurnEventKind.Ended, TurnEventKind.Revised];
        foreach (var (kind, revision) in kinds.Select((k, i) => (k, i)))
            printer.Print("a.wav", Turn(kind, 1, revision, 1, 0, 2) with { At = 16_000 * (revision + 1), EndReason = revision < 2 ? null : TurnEndReason.Silence });
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(expected, string.Join(' ', lines.Select(line => line.GetProperty("event").GetString())));
        Assert.All(lines, line => Assert.Equal(line.GetProperty("revision").GetInt32() + 1, line.GetProperty("at").GetDouble()));
    }

    private static TurnChanged Turn(TurnEventKind kind, int id, int revision, int speaker, double start, double end) =>
        new(0, kind, id, revision, new SpeakerLabel(speaker, 0.9f, speaker != 0), (long)(start * 16_000), (long)(end * 16_000), TurnEndReason.Silence);
}
