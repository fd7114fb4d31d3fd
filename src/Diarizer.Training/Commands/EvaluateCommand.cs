using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Diarizer.Training.Configuration;
using Diarizer.Training.Evaluation;
using Spectre.Console;

namespace Diarizer.Training.Commands;

/// <summary><c>diarizer-train evaluate --manifest TSV --split S --crop 2</c>.</summary>
internal static class EvaluateCommand
{
    private const int MostPairs = 10_000_000;

    public static Command Create()
    {
        var input = new EmbeddingInput();
        var pairs = new Option<int>("--pairs") { Description = "Same-speaker pairs, and different-speaker pairs, drawn in each corpus", DefaultValueFactory = _ => 20_000 };
        var seed = new Option<long>("--seed") { Description = "Seed of the draw", DefaultValueFactory = _ => 1 };
        var json = new Option<bool>("--json") { Description = "Prints JSON" };
        var command = new Command("evaluate", "Measures speaker verification: EER and minDCF at 0.01 and 0.001, for each corpus and pooled") { pairs, seed, json };
        input.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            int count = parsed.GetValue(pairs);
            if (count is < 1 or > MostPairs)
                throw new UserErrorException($"--pairs is {count}; give 1 to {MostPairs}.");
            var (utterances, model, embedder) = input.Open(parsed, cancellation);
            var embeddings = new List<float>();
            using (model)
            {
                foreach (float[] rows in embedder.Embed(utterances))
                {
                    cancellation.ThrowIfCancellationRequested();
                    embeddings.AddRange(rows);
                }
            }
            Print(VerificationTest.Run(utterances, [.. embeddings], count, parsed.GetValue(seed)), parsed.GetValue(json));
            return 0;
        }, CancellationToken.None));
        return command;
    }

    private static void Print(IReadOnlyList<VerificationResult> results, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(results, ConfigurationFile.Json));
            return;
        }
        var table = new Table().Border(TableBorder.Simple).AddColumns("corpus", "utterances", "speakers", "pairs same", "different", "EER %", "minDCF 0.01", "minDCF 0.001");
        foreach (var r in results)
        {
            string[] cells = [r.Corpus, $"{r.Utterances}", $"{r.Speakers}", $"{r.Targets}", $"{r.Others}", Show(r.Eer * 100, "0.00"), Show(r.MinDcf01, "0.000"), Show(r.MinDcf001, "0.000")];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 100);
        AnsiConsole.Write(table);
    }

    private static string Show(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
