using System.Globalization;
using Diarizer.Networks.Models;
using Spectre.Console;

namespace Diarizer.Training.Loops;

/// <summary>Shows how a run goes: lines on the console, <c>log.csv</c>, <c>validation.csv</c> and <c>curves.svg</c> in its folder.</summary>
internal sealed class RunMonitor : IDisposable
{
    private readonly string _folder, _name;
    private readonly RunLog _log, _validationLog;
    private readonly RunCurves _curves;
    private readonly Progress _progress;

    /// <param name="folder">The run's folder.</param>
    /// <param name="name">The run's name.</param>
    /// <param name="first">Steps done before; what the logs say of later ones is dropped.</param>
    /// <param name="steps">Steps of the whole run.</param>
    public RunMonitor(string folder, string name, long first, long steps)
    {
        (_folder, _name) = (folder, name);
        string log = Path.Combine(folder, "log.csv"), validationLog = Path.Combine(folder, "validation.csv");
        _log = new RunLog(log, "loss,learning_rate,gradient_norm", first);
        _validationLog = new RunLog(validationLog, "figure,value", first);
        _curves = RunCurves.Read(log, validationLog);
        _progress = new Progress(first, steps, AnsiConsole.Console);
    }

    /// <summary>Takes in a finished step.</summary>
    /// <param name="done">Steps done in all.</param>
    /// <param name="norm">The gradient's norm before clipping; NaN when it was not measured.</param>
    /// <param name="items">Crops or mixtures in it.</param>
    public void Step(long done, double loss, double rate, double norm, int items)
    {
        _log.Add(done, loss, rate, norm);
        _curves.AddStep(done, loss, rate);
        _progress.Step(done, loss, rate, items);
    }

    /// <summary>Takes in a validation; its first figure is the one to watch.</summary>
    public void Validation(long done, IReadOnlyList<(string Name, ModelFigure Figure)> figures)
    {
        foreach (var (name, figure) in figures)
            _validationLog.Add(done, name, figure.Value);
        if (figures.Count == 0)
            return;
        _curves.AddValidation(done, figures[0].Name, figures[0].Figure.Value);
        _progress.Say($"validation after step {done}: " + string.Join("  ", figures.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Name.Replace("validation", "", StringComparison.Ordinal)} {f.Figure.Value:0.0000}"))));
    }

    /// <summary>Draws the curves anew.</summary>
    public void Draw((long Step, double Figure)? best) => _curves.Save(Path.Combine(_folder, "curves.svg"), _name, best);

    /// <summary>Says something on a line of its own.</summary>
    public void Say(string text) => _progress.Say(text);

    /// <summary>Leaves time out of the rate, such as that of a validation.</summary>
    public void Pause() => _progress.Pause();

    public void Continue() => _progress.Continue();

    public void Dispose()
    {
        _log.Dispose();
        _validationLog.Dispose();
    }
}
