using System.CommandLine;
using System.Security.Cryptography;
using Diarizer.Networks.Checkpoints;
using Diarizer.Networks.Models;

namespace Diarizer.Training.Commands;

/// <summary><c>diarizer-train import FILE --out models/x.safetensors</c>.</summary>
internal static class ImportCommand
{
    /// <summary>Names of tensors that are left out are listed up to so many.</summary>
    private const int MostListed = 8;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "PyTorch checkpoint: .pt, .pth, .model, .ckpt" };
        var layout = new Option<string>("--layout")
        {
            Description = $"Whose checkpoint it is: {CheckpointImport.Automatic}, {string.Join(", ", CheckpointImport.Layouts)}",
            DefaultValueFactory = _ => CheckpointImport.Automatic,
        };
        var target = new Option<string>("--out") { Description = "The model to write, such as models/x.safetensors; its card goes beside it", Required = true };
        var licence = new Option<string?>("--licence") { Description = "Licence of the weights, for the card" };
        var command = new Command("import", "Makes a model of a checkpoint of voxceleb_trainer, Tao Ruijie's ECAPA-TDNN, SpeechBrain or WeSpeaker") { file, layout, target, licence };
        command.SetAction((parsed, _) => Task.Run(() =>
        {
            string source = parsed.GetValue(file)!, path = Path.ChangeExtension(parsed.GetValue(target)!, ".safetensors");
            using var imported = CheckpointImport.Read(source, parsed.GetValue(layout)!);
            var card = Complete(imported, source, path, parsed.GetValue(licence));
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
                Directory.CreateDirectory(folder);
            ModelFile.Save(path, card, imported.Network);
            Report(imported, card, path);
            return 0;
        }, CancellationToken.None));
        return command;
    }

    private static ModelCard Complete(ImportedModel imported, string source, string path, string? licence)
    {
        using var stream = File.OpenRead(source);
        return imported.Card with
        {
            Name = Path.GetFileNameWithoutExtension(path),
            Licence = licence ?? imported.Card.Licence,
            Training = new TrainingRecord
            {
                Data = $"imported: {imported.Source} of {imported.Layout}, from {Path.GetFileName(source)} (SHA-256 {Convert.ToHexStringLower(SHA256.HashData(stream))})",
                Command = CommonOptions.CommandLine(),
            },
        };
    }

    private static void Report(ImportedModel imported, ModelCard card, string path)
    {
        Console.WriteLine($"read {imported.Source} of {imported.Layout} as {card.Network}, {card.Cost!.Parameters:N0} parameters");
        if (imported.LeftOut.Count > 0)
        {
            string more = imported.LeftOut.Count > MostListed ? ", ..." : "";
            Console.WriteLine($"left out {imported.LeftOut.Count} tensors that are no part of the embedder: {string.Join(", ", imported.LeftOut.Take(MostListed))}{more}");
        }
        Console.WriteLine(imported.FrontEnd);
        Console.WriteLine($"wrote {path}; its licence is yours to check");
    }
}
