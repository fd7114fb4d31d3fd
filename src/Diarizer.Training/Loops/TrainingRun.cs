using System.Globalization;
using Diarizer.Training.Configuration;
using Diarizer.Training.Data;
using static TorchSharp.torch;

namespace Diarizer.Training.Loops;

/// <summary>Trains the stages of a configuration one after another and writes the last one's model.</summary>
/// <param name="config">Path of the configuration, for the records.</param>
/// <param name="command">The command, for the records.</param>
/// <param name="folder">Folder of the run; of several stages each has its own below it, <c>stage-1</c> and so on.</param>
internal sealed class TrainingRun(string config, string command, string folder)
{
    /// <summary>Continue what is there.</summary>
    public bool Resume { get; init; }

    /// <summary>Delete what is there.</summary>
    public bool Fresh { get; init; }

    public required Device Device { get; init; }

    /// <summary>Opens the data of a stage.</summary>
    public required Func<RunOptions, TrainingData> Data { get; init; }

    /// <summary>Gets lines for the user.</summary>
    public required Action<string> Say { get; init; }

    /// <summary>Trains.</summary>
    /// <param name="models">Folder that gets the model.</param>
    /// <returns>Path of the weights; null when it was asked to stop before the end.</returns>
    /// <exception cref="UserErrorException">The folder holds another run, or training failed.</exception>
    public string? Execute(IReadOnlyList<RunOptions> stages, string models, CancellationToken cancellation)
    {
        string? before = null, weights = null;
        for (int i = 0; i < stages.Count; i++)
        {
            string place = stages.Count == 1 ? folder : Path.Combine(folder, $"stage-{i + 1}");
            var options = before is null ? stages[i] : stages[i] with { Initialise = before };
            if (stages.Count > 1)
                Say($"stage {i + 1} of {stages.Count}");
            if (!Train(options, place, i == stages.Count - 1 ? models : null, out weights, cancellation))
                return null;
            before = options.Loop.Patience > 0 ? new RunFolder(place).Average(best: true).File : place;
        }
        return weights;
    }

    private bool Train(RunOptions options, string place, string? models, out string? weights, CancellationToken cancellation)
    {
        weights = null;
        // A later stage has no run yet when the one before was stopped.
        bool resume = Resume && (options.Initialise.Length == 0 || Directory.Exists(place));
        var record = new RunFolder(place).Enter(new RunRecord { Config = config, Command = command, Started = DateTimeOffset.UtcNow, Options = options }, resume, Fresh);
        using var task = TrainingTasks.Create(options, Data(options));
        if (task.Card() is { Cost: { } cost, Network: var network })
            Say(string.Create(CultureInfo.InvariantCulture, $"{network}: {cost.Parameters / 1e6:0.00} M parameters, {cost.MultiplyAdds / 1e9:0.00} G multiply-adds for {cost.Frames} frames"));
        task.MoveTo(Device);
        var result = new TrainingLoop(options, task, place).Run(cancellation);
        if (!result.Finished)
            return false;
        if (models is null)
            return true;
        var (step, average) = new RunFolder(place).Average(best: options.Loop.Patience > 0);
        TensorBag.Load(average, task.Average);
        task.Finish();
        weights = RunFolder.Export(record, task, step, task.Validate(), models);
        return true;
    }
}
