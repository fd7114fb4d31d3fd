using System.CommandLine;
using Diarizer.Mqtt.Contract;
using Diarizer.Mqtt.Outbox;
using Diarizer.Service.Identity;

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
            var given = parsed.GetValue(name)!;
            // Who cannot be read with this key can be erased all the same.
            if (SpeakerName.NumberOf(given) is < 0 and var number && access.Registry.Read().Unreadable.Contains(-number))
            {
                access.Registry.Forget(-number);
                Console.WriteLine($"{given} was forgotten.");
                return ExitCode.Success;
            }

            var person = access.Find(given);
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
