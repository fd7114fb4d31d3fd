using System.CommandLine;
using Diarizer.Networks.Devices;
using Diarizer.Training.Configuration;
using Diarizer.Training.Data;
using Diarizer.Training.Data.Audio;
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
        var steps = new Option<long?>("--steps") { Description = "Optimiser steps of every stage; wins over loop.steps of the configuration" };
        var command = new Command("train", "Trains a model as a configuration says; Ctrl-C writes a checkpoint and stops") { config, data, run, cache, models, resume, fresh, threads, device, steps };
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            CommonOptions.Apply(parsed.GetValue(threads));
            string path = parsed.GetValue(config)!;
            var stages = Stages(path, parsed.GetValue(steps));
            if (parsed.GetValue(resume) && parsed.GetValue(fresh))
                throw new UserErrorException("--resume and --fresh exclude each other; give one of them.");
            string root = CommonOptions.DataRoot(parsed.GetValue(data), stages[0], path);
            var cached = new PcmCache(parsed.GetValue(cache)!);
            var training = new TrainingRun(path, CommonOptions.CommandLine(), parsed.GetValue(run) ?? Path.Combine("runs", stages[0].Name))
            {
                Resume = parsed.GetValue(resume),
                Fresh = parsed.GetValue(fresh),
                Device = ComputeDevice.Choose(parsed.GetValue(device)!),
                Data = options => TrainingData.Open(options, root, cached, Console.WriteLine, cancellation),
                Say = Console.WriteLine,
            };
            try
            {
                if (training.Execute(stages, parsed.GetValue(models)!, cancellation) is not { } weights)
                    return 130;
                Console.WriteLine($"wrote {weights}");
                return 0;
            }
            catch (OperationCanceledException)
            {
                return 130;
            }
        }, CancellationToken.None));
        return command;
    }

    /// <summary>The configuration's stages with what the command line changes.</summary>
    private static IReadOnlyList<RunOptions> Stages(string path, long? steps)
    {
        if (steps is < 1)
            throw new UserErrorException($"--steps is {steps}; give 1 or more.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return [.. ConfigurationFile.ReadStages(path).Select(options => options with
        {
            Initialise = options.Initialise.Length == 0 ? "" : Path.Combine(folder, options.Initialise),
            Embedder = options.Embedder is { } embedder ? embedder with { Attention = embedder.Attention.Resolved(folder) } : null,
            Loop = options.Loop with { Steps = steps ?? options.Loop.Steps },
        })];
    }
}
