using System.CommandLine;
using Diarizer.Service.Identity;

namespace Diarizer.Service.Commands;

/// <summary><c>diarizer key</c>: makes the key that voiceprints are encrypted with.</summary>
internal static class KeyCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = $"File to make (default: {EnrolmentKey.UserPlace}).", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("key", "Makes the key that voiceprints are encrypted with; without one, nobody is enrolled or recognised.") { path };
        command.SetAction(parsed =>
        {
            var file = parsed.GetValue(path) ?? EnrolmentKey.UserPlace;
            EnrolmentKey.Create(file);
            Console.WriteLine($"{file} was made; only you can read it. Keep a copy in a safe place: without it, everybody must be enrolled again.");
            if (!EnrolmentKey.DefaultPlaces.Contains(Path.GetFullPath(file)))
                Console.WriteLine($"Set Diarizer:Enrolment:KeyFile to {Path.GetFullPath(file)}, or DIARIZER__ENROLMENT__KEYFILE.");
            return ExitCode.Success;
        });
        return command;
    }
}
