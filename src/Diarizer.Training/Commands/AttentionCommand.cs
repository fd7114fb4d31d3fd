using System.CommandLine;
using Diarizer.Training.Attention;
using Spectre.Console;

namespace Diarizer.Training.Commands;

/// <summary><c>diarizer-train attention extract | draw</c>.</summary>
internal static class AttentionCommand
{
    private const int BatchSize = 16;

    public static Command Create() => new("attention", "Weights of the frequencies, taken from a trained network") { Extract(), Draw() };

    private static Command Extract()
    {
        var input = new ScoredInput(utterances: 1_000);
        var target = new Option<string>("--out") { Description = "File that gets the weights: .json with where they come from, or .npy", Required = true };
        var command = new Command("extract", "Takes the mean gradient of each frequency bin from a trained network, and draws it beside the mel scale's density") { target };
        input.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            string path = parsed.GetValue(target)!;
            RequireKind(path, ".json", ".npy");
            using var set = input.Open(parsed, cancellation);
            var mean = new GradientMean(set.FrontEnd.Bins);
            AnsiConsole.Progress().HideCompleted(true).Start(context =>
            {
                var bar = context.AddTask("gradients", maxValue: set.Crops.Items.Count);
                foreach (var batch in set.Crops.Batches(BatchSize, set.Device))
                {
                    cancellation.ThrowIfCancellationRequested();
                    mean.Add(set.Scores.Gradient(batch.Features, batch.Targets));
                    bar.Increment(batch.Targets.shape[0]);
                }
            });
            var weights = new FrequencyWeights
            {
                Name = Path.GetFileNameWithoutExtension(path),
                Origin = $"gradient of {set.Target} in {set.Name}, {set.Data}",
                Utterances = mean.Utterances,
                Hertz = [.. set.FrontEnd.CentreHertz],
                Weights = mean.Weights(),
            };
            weights.Write(path);
            string picture = Path.ChangeExtension(path, ".svg");
            WeightPicture.Draw([weights, MelDensity.Of(set.FrontEnd)]).Save(picture);
            Console.WriteLine($"wrote {weights.Weights.Length} weights to {path} and {picture}: {weights.Origin}");
            return 0;
        }, CancellationToken.None));
        return command;
    }

    private static Command Draw()
    {
        var files = new Argument<string[]>("FILES") { Description = "Weights that attention extract wrote as .json", Arity = ArgumentArity.OneOrMore };
        var target = new Option<string>("--out") { Description = "SVG file", Required = true };
        var command = new Command("draw", "Draws several sets of weights in one picture") { files, target };
        command.SetAction(parsed =>
        {
            var sources = parsed.GetValue(files)!.Select(FrequencyWeights.Read).ToList();
            for (int i = 0; i < sources.Count; i++)
            {
                if (sources[i].Hertz.Length != sources[i].Weights.Length)
                    throw new UserErrorException($"{parsed.GetValue(files)![i]} does not tell the frequencies of its weights; give .json files of diarizer-train attention extract.");
            }
            RequireKind(parsed.GetValue(target)!, ".svg");
            WeightPicture.Draw(sources).Save(parsed.GetValue(target)!);
            Console.WriteLine($"wrote {parsed.GetValue(target)}");
            return 0;
        });
        return command;
    }

    private static void RequireKind(string path, params ReadOnlySpan<string> kinds)
    {
        if (!kinds.Contains(Path.GetExtension(path).ToLowerInvariant()))
            throw new UserErrorException($"--out is {path}; give a file that ends in {string.Join(" or ", kinds.ToArray())}.");
    }
}
