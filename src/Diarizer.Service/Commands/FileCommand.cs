using System.CommandLine;
using System.Diagnostics;
using Diarizer.Audio;
using Diarizer.Service.Output;
using Diarizer.Service.Streams;
using Diarizer.Streaming.Events;
using Diarizer.Streaming.Turns;

namespace Diarizer.Service.Commands;

/// <summary><c>diarizer file</c>: recordings through the same core as the daemon, without a broker.</summary>
internal static class FileCommand
{
    public static Command Create()
    {
        var inputs = new Argument<string[]>("INPUT") { Description = "Recordings (WAV, FLAC, Ogg, Opus, MP3), or folders of them.", Arity = ArgumentArity.OneOrMore };
        var rttm = new Option<string>("--rttm") { Description = "Write RTTM: one file for all, or, if PATH is a folder, a file for each recording.", HelpName = "PATH" };
        var live = new Option<string>("--live-rttm") { Description = "Write the turns as they were first decided, before any correction; PATH as for --rttm.", HelpName = "PATH" };
        var json = new Option<bool>("--json") { Description = "Print each turn as a line of JSON." };
        var updates = new Option<bool>("--updates") { Description = "With --json: a line when a turn begins or changes, too, with the seconds of audio that had been heard (at)." };
        var realtime = new Option<bool>("--realtime") { Description = "Play at the speed of the clock." };
        var command = new Command("file", "Says who speaks when in recordings.") { inputs, rttm, live, json, updates, realtime, SharedOptions.NoSpeakers, SharedOptions.Config, SharedOptions.Device, SharedOptions.ModelDirectory };
        command.SetAction(async (parsed, cancel) =>
        {
            var files = InputFiles.Expand(parsed.GetValue(inputs)!, InputFiles.AudioEndings);
            var output = new RecordingOutput(OutputOf(parsed, rttm, files), OutputOf(parsed, live, files));
            await using var pipeline = RecordingPipeline.Load(parsed.GetValue(SharedOptions.ModelDirectory), parsed.GetValue(SharedOptions.Device), parsed.GetValue(realtime), SharedOptions.CoreOf(parsed));
            if (!parsed.GetValue(SharedOptions.NoSpeakers))
                pipeline.Recall(parsed.GetValue(SharedOptions.Config), CommandLine.Complain);
            var printer = new TurnPrinter(Console.Out, parsed.GetValue(json), pipeline.Recordings.Known.Names, parsed.GetValue(updates));
            return await DiarizeAsync(files, pipeline.Recordings, printer, output, cancel);
        });
        return command;
    }

    private static RttmOutput? OutputOf(ParseResult parsed, Option<string> option, IReadOnlyList<string> files) =>
        parsed.GetValue(option) is { } path ? RttmOutput.To(path, files, option.Name) : null;

    /// <summary>A recording that cannot be read does not keep the others from being done.</summary>
    private static async Task<int> DiarizeAsync(IReadOnlyList<string> files, RecordingDiarizer recordings, TurnPrinter printer, RecordingOutput output, CancellationToken cancel)
    {
        var exitCode = ExitCode.Success;
        long samples = 0;
        var clock = Stopwatch.StartNew();
        foreach (var file in files)
        {
            try
            {
                printer.BeginRecording(file, showName: files.Count > 1);
                var live = new TurnTimeline();
                var (corrected, length) = await recordings.DiarizeAsync(
                    file,
                    e =>
                    {
                        printer.Print(file, e);
                        if (e is not TurnChanged { Kind: TurnEventKind.Revised })
                            live.Add(e);
                    },
                    cancel);
                output.Corrected?.Write(file, corrected.ToSegments(Path.GetFileNameWithoutExtension(file), nameOf: recordings.Known.Names.Of));
                output.Live?.Write(file, live.ToSegments(Path.GetFileNameWithoutExtension(file), nameOf: recordings.Known.Names.Of));
                samples += length;
            }
            catch (UserErrorException e)
            {
                CommandLine.Complain(e.Message);
                exitCode = ExitCode.UserError;
            }
        }

        printer.PrintSummary(SampleClock.ToSeconds(samples), clock.Elapsed.TotalSeconds);
        return exitCode;
    }

    private sealed record RecordingOutput(RttmOutput? Corrected, RttmOutput? Live);
}
