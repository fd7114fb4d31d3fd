using System.CommandLine;
using Diarizer.Audio.Sources;

namespace Diarizer.Service.Commands;

/// <summary><c>diarizer devices</c>: what can be listened to on this machine.</summary>
internal static class DevicesCommand
{
    public static Command Create()
    {
        var command = new Command("devices", "Lists what can be listened to; give one to `diarizer run --source`.");
        command.SetAction(_ =>
        {
            var devices = AudioSources.ListDevices();
            if (devices.Count == 0)
                Console.WriteLine("No capture device found. Files and standard input work without one.");
            foreach (var device in devices)
                Console.WriteLine($"{device.Uri,-40}  {device.Description}");
            return ExitCode.Success;
        });
        return command;
    }
}
