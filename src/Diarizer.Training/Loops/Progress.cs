using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Diarizer.Training.Loops;

/// <summary>Tells how a run goes: a line rewritten in place on a terminal, a plain line every ten seconds elsewhere.</summary>
/// <param name="first">Steps done before.</param>
/// <param name="steps">Steps of the whole run.</param>
/// <param name="console">Where it is told.</param>
internal sealed class Progress(long first, long steps, IAnsiConsole console)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10), TerminalInterval = TimeSpan.FromSeconds(1);
    private static readonly Style LineStyle = new(Color.Green);
    private readonly bool _terminal = console.Profile.Capabilities.Interactive && console.Profile.Capabilities.Ansi && console.Profile.Out.IsTerminal;
    private readonly Stopwatch _sinceLine = Stopwatch.StartNew();
    private long _lineStep = first, _items;
    private double _loss = double.NaN;
    private bool _open;

    /// <summary>Takes in a finished step.</summary>
    /// <param name="done">Steps done in all.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="rate">Its learning rate.</param>
    /// <param name="items">Crops or mixtures in it.</param>
    public void Step(long done, double loss, double rate, int items)
    {
        _loss = double.IsNaN(_loss) ? loss : 0.98 * _loss + 0.02 * loss;
        _items += items;
        if (_sinceLine.Elapsed < (_terminal ? TerminalInterval : Interval) && done != steps)
            return;
        double seconds = _sinceLine.Elapsed.TotalSeconds;
        var left = TimeSpan.FromSeconds(seconds / Math.Max(1, done - _lineStep) * (steps - done));
        Show(string.Create(CultureInfo.InvariantCulture,
            $"step {done}/{steps}  loss {_loss:0.0000}  lr {rate:0.00e+0}  {_items / seconds:0.0}/s  left {(int)left.TotalHours}:{left:mm\\:ss}"));
        (_lineStep, _items) = (done, 0);
        _sinceLine.Restart();
    }

    /// <summary>Says something on a line of its own.</summary>
    public void Say(string text)
    {
        if (_open)
            Writer.WriteLine();
        _open = false;
        Writer.WriteLine(text);
    }

    /// <summary>Leaves time out of the next rate, such as that of a validation.</summary>
    public void Pause() => _sinceLine.Stop();

    public void Continue() => _sinceLine.Start();

    private TextWriter Writer => console.Profile.Out.Writer;

    private void Show(string line)
    {
        _open = _terminal;
        if (!_terminal)
        {
            Writer.WriteLine(line);
            return;
        }
        // A line that reaches the terminal's edge would begin a second one, which is not rewritten.
        console.Write(new ControlCode("\r\u001b[K"));
        console.Write(new Text(line[..Math.Min(line.Length, Math.Max(1, console.Profile.Width - 1))], LineStyle));
    }
}
