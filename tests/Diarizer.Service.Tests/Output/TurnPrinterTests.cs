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

    private static TurnChanged Turn(TurnEventKind kind, int id, int revision, int speaker, double start, double end) =>
        new(0, kind, id, revision, new SpeakerLabel(speaker, 0.9f, speaker != 0), (long)(start * 16_000), (long)(end * 16_000), TurnEndReason.Silence);
}
