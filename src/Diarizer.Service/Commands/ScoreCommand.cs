using System.CommandLine;
using Diarizer.Service.Output;
using Diarizer.Service.Reports;
using Diarizer.Streaming.Scoring;

namespace Diarizer.Service.Commands;

/// <summary><c>diarizer score</c>: how far a diarization is from the truth.</summary>
internal static class ScoreCommand
{
    private static readonly string[] _uem = [".uem"];

    public static Command Create()
    {
        var reference = new Argument<string>("REF") { Description = "True turns: an RTTM file, or a folder of them." };
        var hypothesis = new Argument<string>("HYP") { Description = "Turns to judge: an RTTM file, or a folder of them." };
        var uem = new Option<string>("--uem") { Description = "Regions to score: a UEM file, or a folder of them (default: the extent of both inputs).", HelpName = "U" };
        var collar = new Option<double>("--collar") { Description = "Seconds around each true boundary that are not scored.", HelpName = "S" };
        var skipOverlap = new Option<bool>("--skip-overlap") { Description = "Leave out where several people speak at once." };
        var json = new Option<bool>("--json") { Description = "Print JSON lines instead of a table." };
        var report = new Option<string>("--report") { Description = "Write a page that shows what is wrong where: timelines, the worst moments, who was taken for whom.", HelpName = "OUT.html" };
        var command = new Command("score", "Scores turns against the truth: DER with miss, false alarm and confusion, and JER, as NIST md-eval and dscore count them.")
        {
            reference, hypothesis, uem, collar, skipOverlap, json, report,
        };
        command.SetAction(parsed =>
        {
            var options = new ScoringOptions(CheckedCollar(parsed.GetValue(collar)), parsed.GetValue(skipOverlap));
            var regions = parsed.GetValue(uem) is { } path ? ReadRegions(path) : null;
            var truth = TurnFiles.Read(parsed.GetValue(reference)!);
            var guess = TurnFiles.Read(parsed.GetValue(hypothesis)!);
            var table = ScoreTable.Make(truth, guess, regions, options);
            if (table.Rows.Count == 0)
                throw new UserErrorException($"{parsed.GetValue(reference)} holds no speech inside the scored regions; check that the names in the RTTM and UEM files agree.");
            if (parsed.GetValue(report) is { } page)
                ScoreReport.Write(page, ScoreReport.Make(truth, guess, regions, options, table));
            table.Write(Console.Out, parsed.GetValue(json));
            return ExitCode.Success;
        });
        return command;
    }

    private static double CheckedCollar(double seconds) =>
        seconds is >= 0 and < 60 ? seconds : throw new UserErrorException($"--collar {seconds} is out of range; give seconds from 0 to 60.");

    private static Dictionary<string, IReadOnlyList<Interval>> ReadRegions(string path)
    {
        var regions = new Dictionary<string, IReadOnlyList<Interval>>();
        foreach (var (name, intervals) in InputFiles.Expand([path], _uem).SelectMany(file => TurnFiles.ReadText(file, Uem.Read)))
        {
            if (!regions.TryAdd(name, intervals))
                throw new UserErrorException($"Two UEM files name the recording {name}; keep one.");
        }

        return regions;
    }
}
