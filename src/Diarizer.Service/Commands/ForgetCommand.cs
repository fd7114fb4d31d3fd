using System.CommandLine;
using Diarizer.Mqtt.Contract;
using Diarizer.Mqtt.Outbox;

namespace Diarizer.Service.Commands;

/// <summary><c>diarizer forget</c>: erases a person everywhere.</summary>
internal static class ForgetCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "Name or id of the person." };
        var command = new Command("forget", "Erases a person: voiceprint, consent and name, also in events that wait to be sent.") { name, SharedOptions.Config, SharedOptions.ModelDirectory };
        command.SetAction(parsed =>
        {
            using var access = RegistryAccess.Open(parsed.GetValue(SharedOptions.Config), parsed.GetValue(SharedOptions.ModelDirectory));
            var person = access.Find(parsed.GetValue(name)!);
            access.Registry.Forget(person.Number);
            var redaction = new SpeakerRedaction(person.Id, person.Name, _ => SpeakerMessage.UnknownId);
            Console.WriteLine(OutboxErasure.TryRewrite(access.StateDirectory, (_, payload) => redaction.Redact(payload))
                ? $"{person.Name} was forgotten; nothing of them is left in {access.StateDirectory}."
                : $"{person.Name} was forgotten; the daemon that runs takes the name out of its sessions and of waiting events within a few seconds.");
            return ExitCode.Success;
        });
        return command;
    }
}
