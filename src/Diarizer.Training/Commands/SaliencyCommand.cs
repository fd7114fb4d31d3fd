using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Diarizer.Training.Saliency;
using Spectre.Console;
using static TorchSharp.torch;

namespace Diarizer.Training.Commands;

/// <summary><c>diarizer-train saliency --run R --out FOLDER</c>.</summary>
internal sealed class SaliencyCommand
{
    private const int BatchSize = 16, MostBaselines = 64, MostSteps = 10_000;

    private readonly ScoredInput _input = new(utterances: 200);
    private readonly Option<string[]> _methods = new("--methods")
    {
        Description = $"Some of {string.Join(", ", SaliencyMethods.Names)}; all by default",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> _steps = new("--steps") { Description = "Steps of integrated gradients, draws of expected gradients", DefaultValueFactory = _ => 32 };
    private readonly Option<Baseline> _baseline = new("--baseline") { Description = "What a bin is without its information: Mean (the bin's over the utterance) or Zero", DefaultValueFactory = _ => Baseline.Mean };
    private readonly Option<double[]> _shares = new("--shares")
    {
        Description = "Points of the curves: % of the bins, the most salient first",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [0, 1, 2, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100],
    };

    private readonly Option<bool> _magnitude = new("--magnitude") { Description = "Ranks bins by the magnitude of their values: evidence against the speaker then counts like evidence for" };
    private readonly Option<int> _maps = new("--maps") { Description = "Utterances whose maps are drawn", DefaultValueFactory = _ => 2 };
    private readonly Option<string> _target = new("--out") { Description = "Folder that gets saliency.json, curves.csv, curves.svg and map-N.svg", Required = true };

    public static Command Create()
    {
        var own = new SaliencyCommand();
        var command = new Command("saliency", "Shows which bins a network decides by, and compares the methods that tell")
        {
            own._methods, own._steps, own._baseline, own._shares, own._magnitude, own._maps, own._target,
        };
        own._input.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() => own.Run(parsed, cancellation), CancellationToken.None));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var options = new SaliencyOptions(parsed.GetValue(_steps), parsed.GetValue(_baseline), _input.Seed(parsed));
        if (options.Steps is < 1 or > MostSteps)
            throw new UserErrorException($"--steps is {options.Steps}; give 1 to {MostSteps}.");
        double[] shares = Shares(parsed);
        int maps = parsed.GetValue(_maps);
        if (maps is < 0 or > BatchSize)
            throw new UserErrorException($"--maps is {maps}; give 0 to {BatchSize}.");
        foreach (string unknown in parsed.GetValue(_methods)!.Where(m => !SaliencyMethods.Names.Contains(m)))
            throw new UserErrorException($"The saliency method '{unknown}' is unknown; give some of {string.Join(", ", SaliencyMethods.Names)}.");
        string folder = parsed.GetValue(_target)!;
        Directory.CreateDirectory(folder);
        using var scope = NewDisposeScope();
        using var set = _input.Open(parsed, cancellation);
        var data = set.Crops.Batch(0, Math.Min(MostBaselines, set.Crops.Items.Count), set.Device).Features;
        var methods = Methods(parsed, set).Select(name => SaliencyMethods.Create(name, set.Network, data, options)).ToList();
        bool magnitude = parsed.GetValue(_magnitude);
        var comparison = new SaliencyComparison(set.Scores, [.. methods.Select(m => (m, new PerturbationTest(set.Scores, shares, options.Baseline, options.Seed)))], magnitude);
        Compare(set, comparison, methods, Math.Min(maps, set.Crops.Items.Count), folder, cancellation);
        var report = new SaliencyReport
        {
            Network = set.Name,
            Target = set.Target,
            Data = set.Data,
            Classes = set.Classes,
            Utterances = set.Crops.Items.Count,
            Steps = options.Steps,
            Baseline = options.Baseline,
            Magnitude = magnitude,
            Methods = comparison.Reports(),
        };
        report.Write(folder);
        Print(report);
        Console.WriteLine($"wrote saliency.json, curves.csv, curves.svg{(maps > 0 ? " and maps" : "")} to {folder}");
        return 0;
    }

    private static void Compare(ScoredSet set, SaliencyComparison comparison, List<ISaliencyMethod> methods, int maps, string folder, CancellationToken cancellation) =>
        AnsiConsole.Progress().HideCompleted(true).Start(context =>
        {
            var bar = context.AddTask("utterances", maxValue: set.Crops.Items.Count);
            foreach (var batch in set.Crops.Batches(BatchSize, set.Device))
            {
                cancellation.ThrowIfCancellationRequested();
                int wanted = (int)Math.Clamp(maps - batch.First, 0, batch.Targets.shape[0]);
                var drawn = comparison.Add(batch, wanted);
                for (int i = 0; i < wanted; i++)
                    DrawMaps(set, batch, methods, i, drawn[i]).Save(Path.Combine(folder, $"map-{batch.First + i + 1}.svg"));
                bar.Increment(batch.Targets.shape[0]);
            }
        });

    private static Drawing.SvgDrawing DrawMaps(ScoredSet set, SaliencyBatch batch, List<ISaliencyMethod> methods, int index, IReadOnlyList<float[]> values)
    {
        float[] features = MemoryMarshal.Cast<byte, float>(batch.Features.select(0, index).cpu().contiguous().bytes).ToArray();
        var example = new ExplainedExample(
            $"utterance {set.Crops.Items[(int)batch.First + index].Utterance.Id}",
            features,
            [.. methods.Zip(values, (method, map) => (method.Name, map, method.Signed))],
            (int)batch.Features.shape[2]);
        return SaliencyPictures.Maps(example, set.FrontEnd.CentreHertz, set.FrontEnd.Hop / (double)Audio.SampleClock.Rate);
    }

    /// <summary>The methods asked for; without a wish, all that go with the network.</summary>
    private string[] Methods(ParseResult parsed, ScoredSet set)
    {
        string[] asked = parsed.GetValue(_methods)!;
        return asked.Length > 0 ? asked : [.. SaliencyMethods.Names.Where(name => name != SaliencyMethods.GradCam || ConvolutionLayer.LastOf(set.Network) is not null)];
    }

    private double[] Shares(ParseResult parsed)
    {
        double[] shares = [.. parsed.GetValue(_shares)!.Distinct().Order()];
        return shares.Length > 1 && shares.All(s => s is >= 0 and <= 100)
            ? [.. shares.Select(s => s / 100)]
            : throw new UserErrorException($"--shares is {string.Join(' ', shares)}; give two or more percentages from 0 to 100.");
    }

    private static void Print(SaliencyReport report)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("method", "insertion area %", "deletion area %", "insertion, top 5", "deletion, top 5", "ms an utterance");
        foreach (var method in report.Methods)
        {
            table.AddRow(Markup.Escape(method.Curves.Method), Show(100 * method.Curves.Insertion.Top1Area), Show(100 * method.Curves.Deletion.Top1Area),
                Show(100 * method.Curves.Insertion.Top5Area), Show(100 * method.Curves.Deletion.Top5Area), Show(1_000 * method.SecondsPerUtterance));
        }
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 120);
        AnsiConsole.Write(table);
        foreach (double gap in report.Methods.Select(m => m.CompletenessGap).OfType<double>().Where(gap => gap > 0.1))
            Console.WriteLine($"integrated gradients miss the gain of the score by {Show(100 * gap)} % on average; more --steps make them exact");
    }

    private static string Show(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
