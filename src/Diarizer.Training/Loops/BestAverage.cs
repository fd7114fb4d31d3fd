using System.Globalization;

namespace Diarizer.Training.Loops;

/// <summary>
/// The averaged weights of the best validation so far (early best), a folder <c>best/step-N</c> with the weights and the figure. One that has been surpassed
/// stays until no checkpoint is older than its successor, so that a run that continues from a checkpoint finds what was best then.
/// </summary>
/// <param name="run">The run's folder.</param>
/// <param name="higherIsBetter">Whether large figures are good.</param>
internal sealed class BestAverage(string run, bool higherIsBetter)
{
    private const string AverageFile = "average.safetensors", FigureFile = "figure.txt";
    private readonly StepFolders _folders = FoldersOf(run);

    /// <summary>The step and figure of the best validation; null before the first.</summary>
    public (long Step, double Figure)? Current { get; private set; }

    /// <summary>Takes up what was best after a step; what came later is forgotten, as it will come again.</summary>
    public void Begin(long step)
    {
        foreach (long later in _folders.Steps().Where(s => s > step))
            _folders.Delete(later);
        Current = _folders.Steps() is [.., var best] ? (best, Figure(best)) : null;
    }

    /// <summary>Keeps the average if its figure is the best so far; of equal ones the first stays.</summary>
    public void Offer(long step, double figure, TrainingTask task)
    {
        bool better = double.IsFinite(figure) && (Current is not { } best || (higherIsBetter ? figure > best.Figure : figure < best.Figure));
        if (!better)
            return;
        _folders.Add(step, draft =>
        {
            TensorBag.Save(Path.Combine(draft, AverageFile), task.Average);
            File.WriteAllText(Path.Combine(draft, FigureFile), figure.ToString("R", CultureInfo.InvariantCulture));
        });
        Current = (step, figure);
    }

    /// <summary>Deletes what no checkpoint can come back to.</summary>
    /// <param name="oldest">The oldest checkpoint's step.</param>
    public void Prune(long oldest)
    {
        foreach (long surpassed in _folders.Steps().Where(s => s <= oldest).SkipLast(1))
            _folders.Delete(surpassed);
    }

    /// <summary>The step and the weights of the best validation of a run; null before the first.</summary>
    public static (long Step, string File)? Newest(string run) => FoldersOf(run) is var folders && folders.Steps() is [.., var best] ? (best, Path.Combine(folders[best], AverageFile)) : null;

    private static StepFolders FoldersOf(string run) => new(Path.Combine(run, "best"));

    private double Figure(long step) =>
        double.TryParse(File.ReadAllText(Path.Combine(_folders[step], FigureFile)), NumberStyles.Float, CultureInfo.InvariantCulture, out double figure) ? figure : double.NaN;
}
