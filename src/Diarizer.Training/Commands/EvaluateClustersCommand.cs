using System.CommandLine;
using Diarizer.Streaming.Clustering;
using Diarizer.Training.Evaluation;
using Diarizer.Training.Evaluation.Clusters;

namespace Diarizer.Training.Commands;

/// <summary><c>diarizer-train evaluate clusters --manifest TSV --split S</c>.</summary>
internal static class EvaluateClustersCommand
{
    private const int MostDraws = 10_000;

    private static readonly ResultTable<ClusterResult> Table = new(
        ("crop s", r => r.Crop is { } crop ? Cells.Number(crop, "0.##") : null),
        ("model", r => r.Model),
        ("corpus", r => r.Corpus),
        ("speakers", r => $"{r.Speakers}"),
        ("items", r => Cells.Number(r.Items, "0.#")),
        ("draws", r => $"{r.Draws}"),
        ("MR %", r => Cells.Percent(r.Rate, r.RateInterval)),
        ("clusters", r => Cells.Number(r.Clusters, "0.#")),
        ("MR % at speakers", r => Cells.Percent(r.RateAtSpeakers)),
        ("whole MR %", r => Cells.Percent(r.WholeRate)),
        ("at speakers", r => Cells.Percent(r.WholeRateAtSpeakers)));

    public static Command Create()
    {
        var input = new TestInput();
        var linkage = new Option<Linkage>("--linkage") { Description = "Average or Complete", DefaultValueFactory = _ => Linkage.Average };
        var parts = new Option<double[]>("--parts") { Description = "Deals each speaker's utterances by these shares to the items that are clustered [8 2, as Lukic et al. 2016]", AllowMultipleArgumentsPerToken = true };
        var single = new Option<bool>("--single") { Description = "Clusters single utterances instead" };
        var most = new Option<int>("--most") { Description = "Utterances of a speaker that are used; 0 for all" };
        var speakers = new Option<int>("--speakers") { Description = "Speakers drawn; 0 for all" };
        var draws = new Option<int>("--draws") { Description = "Draws of speakers, over which figures are means", DefaultValueFactory = _ => 1 };
        var command = new Command("clusters", "Clusters utterances bottom-up and measures the misclassification rate, at the best cut and at the true number of speakers") { linkage, parts, single, most, speakers, draws };
        input.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            double[] shares = parsed.GetValue(parts) is { Length: > 0 } given ? given : [8, 2];
            if (shares.Length < 2 || shares.Any(s => s is not (> 0 and < 1e6)))
                throw new UserErrorException("--parts needs two shares or more, each above 0, such as --parts 8 2.");
            if (parsed.GetValue(single))
                shares = parsed.GetResult(parts) is { Implicit: false } ? throw new UserErrorException("--single and --parts exclude each other; give one of them.") : [];
            int first = NotNegative("--most", parsed.GetValue(most)), drawn = NotNegative("--speakers", parsed.GetValue(speakers)), repeats = parsed.GetValue(draws);
            if (repeats is < 1 or > MostDraws)
                throw new UserErrorException($"--draws is {repeats}; give 1 to {MostDraws}.");
            var test = new ClusterTest(parsed.GetValue(linkage), drawn, repeats, input.Seed(parsed));
            var source = input.Speech.Open(parsed, cancellation);
            var (utterances, library) = source.Decode(source.Utterances, cancellation);
            var several = input.Several(parsed);
            var results = input.ForEach(parsed, (name, model, crops) =>
                test.Run(utterances, new UtteranceEmbedder(model, library, crops).Table(utterances, cancellation), rows => ClusterItem.Deal(rows, shares, first))
                    .Select(row => row with { Model = several.Model ? name : null, Crop = several.Crop ? crops.Seconds : null }));
            Table.Print([.. results.SelectMany(rows => rows)], input.Json(parsed));
            return 0;
        }, CancellationToken.None));
        return command;
    }

    private static int NotNegative(string option, int value) => value >= 0 ? value : throw new UserErrorException($"{option} is {value}; give 0 or more.");
}
