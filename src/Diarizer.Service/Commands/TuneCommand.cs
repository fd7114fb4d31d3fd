using System.CommandLine;
using Diarizer.Service.Options;
using Diarizer.Service.Tuning;

namespace Diarizer.Service.Commands;

/// <summary><c>diarizer tune</c>: searches settings of the core on recordings with known speakers.</summary>
internal static class TuneCommand
{
    private static readonly TuningRequest Defaults = new() { Folder = "", Cache = "" };

    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "Recordings with their RTTM files, and UEM files where only a part is to be scored; searched with its subfolders." };
        var trials = Number("--trials", "Settings to try in each search: one over all recordings and one for each fold.", Defaults.Trials, "N");
        var folds = Number("--folds", "Parts of the recordings that are held out in turn.", Defaults.Folds, "K");
        var seed = Number("--seed", "Decides what is tried.", Defaults.Seed, "S");
        var minutes = Number("--time", "Minutes after which the search ends; 0: when all is tried.", Defaults.Minutes, "MIN");
        var neighbours = Number("--neighbours", "Slightly changed settings that are tried along with the best, since single results owe a lot to chance.", Defaults.Neighbours, "N");
        var jobs = Number("--jobs", "Recordings at the same time.", Environment.ProcessorCount, "N");
        var objective = new Option<Objective>("--objective") { Description = "What is to become small: the DER of turns as first decided, after corrections, or the mean of both.", DefaultValueFactory = _ => Defaults.Objective };
        var space = new Option<string>("--space") { Description = "What is searched, and where; see docs/tuning.md (default: the options that matter most).", HelpName = "SPACE.json" };
        var output = new Option<string>("--out") { Description = "Configuration file to put what is found into; the rest of it stays (default: print it).", HelpName = "FILE" };
        var state = new Option<string>("--resume") { Description = "File of scores: begun when it is not there, gone on from when it is.", HelpName = "STATE" };
        var chart = new Option<string>("--chart") { Description = "Picture to draw of what each setting is worth.", HelpName = "OUT.svg" };
        var cache = new Option<string>("--cache") { Description = "Folder to keep embeddings in (default: ~/.cache/diarizer).", HelpName = "PATH" };
        var force = new Option<bool>("--force") { Description = "Write settings that are no better on held-out recordings, too." };
        var command = new Command("tune", "Searches settings of the core on recordings with known speakers, says what each is worth, and writes them.")
        {
            folder, trials, folds, seed, minutes, neighbours, jobs, objective, space, output, state, chart, cache, force, SharedOptions.Config, SharedOptions.Device, SharedOptions.ModelDirectory,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var request = new TuningRequest
            {
                Folder = parsed.GetValue(folder)!,
                Trials = parsed.GetValue(trials),
                Folds = parsed.GetValue(folds),
                Seed = parsed.GetValue(seed),
                Minutes = parsed.GetValue(minutes),
                Neighbours = parsed.GetValue(neighbours),
                Jobs = parsed.GetValue(jobs),
                Objective = parsed.GetValue(objective),
                Space = parsed.GetValue(space),
                Configuration = parsed.GetValue(SharedOptions.Config),
                Output = parsed.GetValue(output),
                State = parsed.GetValue(state),
                Chart = parsed.GetValue(chart),
                Cache = CacheDirectory.Locate(parsed.GetValue(cache)),
                Models = parsed.GetValue(SharedOptions.ModelDirectory),
                Device = parsed.GetValue(SharedOptions.Device),
                Force = parsed.GetValue(force),
            };
            await TuningRun.RunAsync(request, Console.Out, cancel);
            return cancel.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Success;
        });
        return command;
    }

    private static Option<T> Number<T>(string name, string description, T otherwise, string helpName) =>
        new(name) { Description = description, HelpName = helpName, DefaultValueFactory = _ => otherwise };
}
