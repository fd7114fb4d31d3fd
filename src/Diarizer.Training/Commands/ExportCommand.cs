using System.CommandLine;
using Diarizer.Networks.Models;
using Diarizer.Networks.Onnx;
using Diarizer.Training.Data;
using Diarizer.Training.Data.Audio;
using Diarizer.Training.Loops;

namespace Diarizer.Training.Commands;

/// <summary><c>diarizer-train export RUN</c>, and <c>diarizer-train export models/x.safetensors --onnx</c>.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("RUN") { Description = "Folder of a run, finished or not; with --onnx also a model's weights" };
        var data = new Option<string?>("--data") { Description = "Folder of the data, to measure the model for its card" };
        var cache = CommonOptions.Cache();
        var models = new Option<string>("--out") { Description = "Folder that gets the model", DefaultValueFactory = _ => "models" };
        var best = new Option<bool>("--best") { Description = "Those of the best validation so far, not of the last checkpoint" };
        var onnx = new Option<bool>("--onnx") { Description = "Writes the embedder for ONNX runtimes, too" };
        var threads = CommonOptions.Threads();
        var command = new Command("export", "Writes the averaged weights of a run's last checkpoint as a model") { run, data, cache, models, best, onnx, threads };
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            CommonOptions.Apply(parsed.GetValue(threads));
            string folder = parsed.GetValue(run)!;
            if (parsed.GetValue(onnx) && File.Exists(folder))
            {
                WriteOnnx(folder, parsed.GetValue(models)!);
                return 0;
            }
            var place = new RunFolder(folder);
            var record = place.Read();
            var (step, weights) = place.Average(parsed.GetValue(best));
            string root = CommonOptions.DataRoot(parsed.GetValue(data), record.Options, record.Config);
            var loaded = TrainingData.Open(record.Options, root, new PcmCache(parsed.GetValue(cache)!), Console.WriteLine, cancellation);
            using var task = TrainingTasks.Create(record.Options, loaded);
            TensorBag.Load(weights, task.Average);
            task.Finish();
            string model = RunFolder.Export(record, task, step, task.Validate(), parsed.GetValue(models)!);
            Console.WriteLine($"wrote {model} (step {step})");
            if (parsed.GetValue(onnx))
                WriteOnnx(model, parsed.GetValue(models)!);
            return 0;
        }, CancellationToken.None));
        return command;
    }

    private static void WriteOnnx(string model, string folder)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, Path.ChangeExtension(Path.GetFileName(model), ".onnx"));
        var (card, network) = ModelFile.Load(model, ModelKind.SpeakerEmbedding);
        using (network)
            OnnxFile.Write(path, card, network);
        Console.WriteLine($"wrote {path}");
    }
}
