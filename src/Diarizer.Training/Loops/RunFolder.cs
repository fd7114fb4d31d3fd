using System.Text.Json;
using Diarizer.Networks.Models;
using Diarizer.Training.Configuration;

namespace Diarizer.Training.Loops;

/// <summary>What is remembered about a run beside its checkpoints.</summary>
internal sealed record RunRecord
{
    /// <summary>Path of the configuration as it was given.</summary>
    public string Config { get; init; } = "";

    /// <summary>The command that started the run.</summary>
    public string Command { get; init; } = "";

    public DateTimeOffset Started { get; init; }

    /// <summary>The options in force.</summary>
    public RunOptions Options { get; init; } = new();
}

/// <summary>The folder of a run: <c>run.json</c>, <c>checkpoints/</c>, <c>best/</c>, <c>log.csv</c>, <c>validation.csv</c>, <c>curves.svg</c>.</summary>
internal sealed class RunFolder(string path)
{
    private string RecordPath => Path.Combine(path, "run.json");

    /// <summary>Starts or continues a run here.</summary>
    /// <param name="resume">Continue the run that is here.</param>
    /// <param name="fresh">Delete the run that is here.</param>
    /// <exception cref="UserErrorException">There is a run and neither was asked for, or none to resume.</exception>
    public RunRecord Enter(RunRecord record, bool resume, bool fresh)
    {
        bool there = File.Exists(RecordPath);
        if (there && !resume && !fresh)
            throw new UserErrorException($"{path} already holds a run; continue it with --resume, start anew with --fresh, or give another folder with --run.");
        if (!there && resume)
            throw new UserErrorException($"{path} holds no run to resume; leave --resume out to start one.");
        if (fresh && Directory.Exists(Path.Combine(path, "checkpoints")))
            Directory.Delete(Path.Combine(path, "checkpoints"), recursive: true);
        if (there && resume)
            record = record with { Started = Read().Started };
        Directory.CreateDirectory(path);
        File.WriteAllText(RecordPath + ".part", JsonSerializer.Serialize(record, ConfigurationFile.Json));
        File.Move(RecordPath + ".part", RecordPath, overwrite: true);
        return record;
    }

    /// <summary>The weights that can be exported.</summary>
    /// <param name="best">Those of the best validation, not of the newest checkpoint.</param>
    /// <returns>The steps they had, and their file.</returns>
    /// <exception cref="UserErrorException">There are none yet.</exception>
    public (long Step, string File) Average(bool best) => best
        ? BestAverage.Newest(path) ?? throw new UserErrorException($"{path} has no validation with a figure; try again after loop.validateEvery steps (data.validationShare must leave two speakers of a corpus to validate with), or without --best.")
        : new Checkpoints(path).NewestAverage() ?? throw new UserErrorException($"{path} has no checkpoint yet; try again after loop.checkpointEvery steps.");

    /// <exception cref="UserErrorException">There is no run here.</exception>
    public RunRecord Read()
    {
        if (!File.Exists(RecordPath))
            throw new UserErrorException($"{path} holds no run (no run.json); give the folder that diarizer-train train wrote.");
        return JsonSerializer.Deserialize<RunRecord>(File.ReadAllText(RecordPath), ConfigurationFile.Json)
            ?? throw new UserErrorException($"{RecordPath} is empty; start the run anew with --fresh.");
    }

    /// <summary>Writes the average network as a model.</summary>
    /// <param name="folder">Folder of models.</param>
    /// <returns>Path of the weights.</returns>
    public static string Export(RunRecord record, TrainingTask task, long step, IReadOnlyList<(string Name, ModelFigure Figure)> figures, string folder)
    {
        Directory.CreateDirectory(folder);
        string weights = Path.Combine(folder, record.Options.Name + ".safetensors");
        var card = task.Card() with
        {
            Training = new TrainingRecord
            {
                Config = record.Config,
                Data = record.Options.Data.Description,
                Seed = record.Options.Seed,
                Steps = step,
                Started = record.Started,
                Finished = DateTimeOffset.UtcNow,
                Command = record.Command,
            },
            Figures = figures.ToDictionary(f => f.Name, f => f.Figure),
        };
        ModelFile.Save(weights, card, task.Average, record.Options.Model.HalfPrecision);
        return weights;
    }
}
