using Spectre.Console;
using Progress = Diarizer.Training.Loops.Progress;

namespace Diarizer.Training.Tests.Loops;

public class ProgressTests
{
    [Fact]
    public void ATerminalsLineIsRewrittenAndStaysWithinIt()
    {
        using var output = new StringWriter();
        var progress = new Progress(0, 2_000_000, Console(output, terminal: true, width: 30));
        progress.Step(1, 3.5, 1e-3, 64);
        progress.Step(2_000_000, 2.5, 1e-3, 64);
        progress.Say("validation after step 2000000: [Eer] 0.1234");
        string text = output.ToString();
        Assert.StartsWith("\r\u001b[K", text);
        Assert.Contains("step 2000000/2000000  loss 3.", text);
        Assert.EndsWith("\nvalidation after step 2000000: [Eer] 0.1234\n", text);
        Assert.Equal(2, text.Count(c => c == '\n'));
    }

    [Fact]
    public void ElsewhereLinesArePlainAndWhole()
    {
        using var output = new StringWriter();
        var progress = new Progress(10, 20, Console(output, terminal: false, width: 30));
        progress.Say("continuing");
        progress.Step(11, 3, 1e-3, 64);
        progress.Step(20, 4, 1e-3, 64);
        string[] lines = output.ToString().TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("step 20/20  loss 3.0200  lr 1.00e-3  ", lines[1]);
        Assert.EndsWith("/s  left 0:00:00", lines[1]);
    }

    private static IAnsiConsole Console(StringWriter output, bool terminal, int width) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = terminal ? AnsiSupport.Yes : AnsiSupport.No,
        Interactive = terminal ? InteractionSupport.Yes : InteractionSupport.No,
        Out = new Output(output, terminal, width),
    });

    private sealed class Output(StringWriter writer, bool terminal, int width) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => terminal;

        public int Width => width;

        public int Height => 25;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
