using System.CommandLine;
using Diarizer.Training.Data;
using Diarizer.Training.Data.Audio;
using Diarizer.Training.Loops;

namespace Diarizer.Training.Commands;

/// <summary><c>diarizer-train export RUN</c>.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("RUN") { Description = "Folder of a run, finished or not" };
        var data = new Option<string?>("--data") { Description = "Folder of the data, to measure the model for its card" };
        var cache = CommonOptions.Cache();
        var models = new Option<string>("--out") { Description = "Folder that gets the model", DefaultValueFactory = _ => "models" };
        var best = new Option<bool>("--best") { Description = "Those of the best validation so far, not of the last checkpoint" };
        var threads = CommonOptions.Threads();
        var command = new Command("export", "Writes the averaged weights of a run's last checkpoint as a model") { run, data, cache, models, best, threads };
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            CommonOptions.Apply(parsed.GetValue(threads));
            string folder = parsed.GetValue(run)!;
            var place = new RunFolder(folder);
            var record = place.Read();
            var (step, weights) = place.Average(parsed.GetValue(best));
            string root = CommonOptions.DataRoot(parsed.GetValue(data), record.Options, record.Config);
            var loaded = TrainingData.Open(record.Options, root, new PcmCache(parsed.GetValue(cache)!), Console.WriteLine, cancellation);
            using var task = TrainingTasks.Create(record.Options, loaded);
            TensorBag.Load(weights, task.Average);
            task.Finish();
            Console.WriteLine($"wrote {RunFolder.Export(record, task, step, task.Validate(), parsed.GetValue(models)!)} (step {step})");
            return 0;
        }, CancellationToken.None));
        return command;
    }
}
