using System.CommandLine;
using System.Text.Json;
using Diarizer.Mqtt.Contract;
using Diarizer.Service.Identity;

namespace Diarizer.Service.Commands;

/// <summary><c>diarizer speakers</c>: who is enrolled.</summary>
internal static class SpeakersCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("speakers", "Lists who is enrolled: consent, amount of speech, and whether the model in use can recognise them.")
        {
            json, SharedOptions.Config, SharedOptions.ModelDirectory,
        };
        command.SetAction(parsed =>
        {
            using var access = RegistryAccess.Open(parsed.GetValue(SharedOptions.Config), parsed.GetValue(SharedOptions.ModelDirectory));
            var contents = access.Registry.Read();
            IReadOnlyList<ProfileExport> people = [.. contents.People.Select(p => ProfileExport.Of(p, access.Model))];
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(people, ProfileJson.Default.IReadOnlyListProfileExport));
            else
                Print(people);
            if (contents.Unreadable.Count > 0)
            {
                var ids = string.Join(", ", contents.Unreadable.Select(n => SpeakerMessage.IdOf(-n)));
                CommandLine.Complain($"{ids} cannot be read with this key: enrolled with another one, or changed; bring that key back, or erase with \"diarizer forget ID\".");
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static void Print(IReadOnlyList<ProfileExport> people)
    {
        if (people.Count == 0)
        {
            Console.WriteLine("Nobody is enrolled. See: diarizer enroll --help");
            return;
        }

        Console.WriteLine($"{"id",-5} {"name",-24} {"speech",8}  {"from",-8} {"consent until",-14} {"given by",-20} state");
        foreach (var person in people)
        {
            Console.WriteLine(FormattableString.Invariant(
                $"{person.Id,-5} {person.Name,-24} {person.SpeechS,6:0.0} s  {person.Source,-8} {person.Consent.Expires:yyyy-MM-dd}     {person.Consent.GivenBy,-20} {(person.Usable ? "recognised" : "enrol again: another model is in use")}"));
        }
    }
}
