using System.CommandLine;
using Diarizer.Networks.Devices;
using Diarizer.Training.Configuration;
using Diarizer.Training.Data;
using Diarizer.Training.Loops;
using static TorchSharp.torch;

namespace Diarizer.Training.Commands;

/// <summary><c>diarizer-train train CONFIG</c>.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var config = new Argument<string>("CONFIG") { Description = "The run's JSON file, such as training/embedder.json" };
        var data = new Option<string?>("--data") { Description = "Folder of the data; wins over data.root of the configuration" };
        var run = new Option<string?>("--run") { Description = "Folder of checkpoints and logs [runs/NAME]" };
        var cache = CommonOptions.Cache();
        var models = new Option<string>("--out") { Description = "Folder that gets the model", DefaultValueFactory = _ => "models" };
        var resume = new Option<bool>("--resume") { Description = "Continue the run in the folder from its last checkpoint" };
        var fresh = new Option<bool>("--fresh") { Description = "Delete the run in the folder and start anew" };
        var threads = CommonOptions.Threads();
        var device = new Option<string>("--device") { Description = "auto, cpu or cuda", DefaultValueFactory = _ => "auto" };
        var steps = new Option<long?>("--steps") { Description = "Optimiser steps; wins over loop.steps of the configuration" };
        var command = new Command("train", "Trains a model as a configuration says; Ctrl-C writes a checkpoint and stops") { config, data, run, cache, models, resume, fresh, threads, device, steps };
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            CommonOptions.Apply(parsed.GetValue(threads));
            string path = parsed.GetValue(config)!;
            var options = ConfigurationFile.Read(path);
            if (options.Initialise.Length > 0)
                options = options with { Initialise = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, options.Initialise) };
            if (parsed.GetValue(steps) is { } wanted)
                options = options with { Loop = options.Loop with { Steps = wanted > 0 ? wanted : throw new UserErrorException($"--steps is {wanted}; give 1 or more.") } };
            if (parsed.GetValue(resume) && parsed.GetValue(fresh))
                throw new UserErrorException("--resume and --fresh exclude each other; give one of them.");
            string root = CommonOptions.DataRoot(parsed.GetValue(data), options, path);
            string folder = parsed.GetValue(run) ?? Path.Combine("runs", options.Name);
            var place = new RunFolder(folder);
            var record = place.Enter(new RunRecord { Config = path, Command = CommonOptions.CommandLine(), Started = DateTimeOffset.UtcNow, Options = options },
                parsed.GetValue(resume), parsed.GetValue(fresh));
            try
            {
                var loaded = TrainingData.Open(options, root, new PcmCache(parsed.GetValue(cache)!), Console.WriteLine, cancellation);
                using var task = TrainingTasks.Create(options, loaded);
                task.MoveTo(ComputeDevice.Choose(parsed.GetValue(device)!));
                var result = new TrainingLoop(options, task, folder).Run(cancellation);
                if (!result.Finished)
                    return 130;
                task.Finish();
                Console.WriteLine($"wrote {RunFolder.Export(record, task, result.Step, task.Validate(), parsed.GetValue(models)!)}");
                return 0;
            }
            catch (OperationCanceledException)
            {
                return 130;
            }
        }, CancellationToken.None));
        return command;
    }
}
