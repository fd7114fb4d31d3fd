using System.CommandLine;
using Diarizer.Service.Options;
using Diarizer.Streaming;

namespace Diarizer.Service.Commands;

/// <summary>Options that several commands take.</summary>
internal static class SharedOptions
{
    public static Option<string> ModelDirectory { get; } = new("--model-dir")
    {
        Description = "Folder with the networks (default: models beside the program).",
        HelpName = "PATH",
    };

    public static Option<string> Device { get; } = new("--device") { Description = "auto, cpu or cuda.", HelpName = "DEVICE", CompletionSources = { "auto", "cpu", "cuda" } };

    public static Option<string> Config { get; } = new("--config")
    {
        Description = "Configuration file (default: /etc/diarizer/appsettings.json, else the one beside the program).",
        HelpName = "PATH",
    };

    /// <summary>Settings of the core for recordings: those of a configuration that was named, else the defaults, whatever this machine's daemon is set to.</summary>
    public static PipelineOptions? CoreOf(ParseResult parsed) => parsed.GetValue(Config) is { } path ? OptionsLoader.LoadForCommand(path).Diarization : null;

    public static Option<bool> NoSpeakers { get; } = new("--no-speakers") { Description = "Recognise nobody who is enrolled." };
}
