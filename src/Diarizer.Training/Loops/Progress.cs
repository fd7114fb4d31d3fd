using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Diarizer.Training.Loops;

/// <summary>Tells how a run goes: a line rewritten in place on a terminal, a plain line every ten seconds elsewhere.</summary>
internal sealed class Progress(long first, long steps)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly bool _interactive = AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected;
    private readonly Stopwatch _total = Stopwatch.StartNew();
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
        if (_sinceLine.Elapsed < (_interactive ? TimeSpan.FromSeconds(1) : Interval) && done != steps)
            return;
        double seconds = _sinceLine.Elapsed.TotalSeconds;
        var left = TimeSpan.FromSeconds(seconds / Math.Max(1, done - _lineStep) * (steps - done));
        string text = string.Create(CultureInfo.InvariantCulture,
            $"step {done}/{steps}  loss {_loss:0.0000}  lr {rate:0.00e+0}  {_items / seconds:0.0}/s  left {(int)left.TotalHours}:{left:mm\\:ss}");
        if (_interactive)
            AnsiConsole.Markup("\r[green]{0}[/]\u001b[K", text[..Math.Min(text.Length, Math.Max(1, AnsiConsole.Profile.Width - 1))].EscapeMarkup());
        else
            Console.WriteLine(text);
        _open = _interactive;
        (_lineStep, _items) = (done, 0);
        _sinceLine.Restart();
    }

    /// <summary>Says something on a line of its own.</summary>
    public void Say(string text)
    {
        if (_open)
            Console.WriteLine();
        _open = false;
        Console.WriteLine(text);
    }

    /// <summary>Leaves time out of the next rate, such as that of a validation.</summary>
    public void Pause() => _sinceLine.Stop();

    public void Continue() => _sinceLine.Start();

    public TimeSpan Elapsed => _total.Elapsed;
}
