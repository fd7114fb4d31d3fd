using System.CommandLine;
using System.Text.Json;
using Diarizer.Service.Identity;

namespace Diarizer.Service.Commands;

/// <summary><c>diarizer export</c>: what is stored about a person.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "Name or id of the person." };
        var output = new Option<string>("--output", "-o") { Description = "File to write, readable by you alone (default: the terminal).", HelpName = "OUT" };
        var voiceprint = new Option<bool>("--voiceprint") { Description = "Include the voiceprint, unencrypted; into a file only." };
        var command = new Command("export", "Says all that is stored about a person, as JSON.") { name, output, voiceprint, SharedOptions.Config, SharedOptions.ModelDirectory };
        command.Validators.Add(result =>
        {
            if (result.GetValue(voiceprint) && result.GetResult(output) is null)
                result.AddError("--voiceprint needs --output: a voiceprint is not for the terminal");
        });
        command.SetAction(parsed =>
        {
            using var access = RegistryAccess.Open(parsed.GetValue(SharedOptions.Config), parsed.GetValue(SharedOptions.ModelDirectory));
            var person = access.Find(parsed.GetValue(name)!);
            var export = ProfileExport.Of(person, access.Model);
            var json = parsed.GetValue(voiceprint)
                ? JsonSerializer.Serialize(new VoiceprintExport(export, [.. person.Samples.Select(s => s.Embedding)]), ProfileJson.Default.VoiceprintExport)
                : JsonSerializer.Serialize(export, ProfileJson.Default.ProfileExport);
            if (parsed.GetValue(output) is { } path)
                Write(path, json);
            else
                Console.WriteLine(json);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Write(string path, string json)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var writer = new StreamWriter(path, options);
            writer.WriteLine(json);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be written ({e.Message.TrimEnd('.')}); choose another place for --output.", e);
        }
    }
}
