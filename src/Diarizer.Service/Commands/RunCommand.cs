using System.CommandLine;
using Diarizer.Service.Hosting;
using Diarizer.Service.Options;

namespace Diarizer.Service.Commands;

/// <summary><c>diarizer run</c>: the daemon.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var source = new Option<string[]>("--source")
        {
            Description = "What to listen to, instead of the configured streams: alsa:DEVICE, rtp://ADDRESS:PORT, wyoming://ADDRESS:PORT, hermes:SITE, file:PATH, a plain path or stdin: (docs/audio-sources.md has all). May be repeated; NAME=URI names the stream.",
            HelpName = "[NAME=]URI",
        };
        var broker = new Option<string>("--broker") { Description = "MQTT broker to publish to (default: an own mosquitto on this machine).", HelpName = "HOST:PORT" };
        var realtime = new Option<bool>("--realtime") { Description = "Play files at the speed of the clock." };
        var print = new Option<bool>("--print") { Description = "Print each turn as it happens, and a summary at the end." };

        var command = new Command("run", "Listens until the sources end or it is stopped, and publishes speaker turns over MQTT.")
        {
            SharedOptions.Config, source, broker, SharedOptions.Device, SharedOptions.ModelDirectory, realtime, print,
        };
        command.SetAction((parsed, cancel) =>
        {
            var overrides = new CommandLineOverrides(
                parsed.GetValue(source), parsed.GetValue(broker), parsed.GetValue(SharedOptions.Device), parsed.GetValue(SharedOptions.ModelDirectory), parsed.GetValue(realtime));
            LoadedOptions Load() => OptionsLoader.Load(parsed.GetValue(SharedOptions.Config), overrides);
            var loaded = Load();
            return Daemon.RunAsync(loaded, new LiveOptions(loaded, Load), parsed.GetValue(print), cancel);
        });
        return command;
    }
}
