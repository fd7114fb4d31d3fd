using System.CommandLine;
using Diarizer.Training.Data;
using Diarizer.Training.Evaluation;

namespace Diarizer.Training.Commands;

/// <summary><c>diarizer-train evaluate --manifest TSV --split S --crop 2</c>.</summary>
internal static class EvaluateCommand
{
    private const int MostPairs = 10_000_000;

    private static readonly ResultTable<VerificationResult> Table = new(
        ("crop s", r => r.Crop is { } crop ? Cells.Number(crop, "0.##") : null),
        ("model", r => r.Model),
        ("corpus", r => r.Corpus),
        ("utterances", r => $"{r.Utterances}"),
        ("speakers", r => $"{r.Speakers}"),
        ("pairs same", r => $"{r.Targets}"),
        ("different", r => $"{r.Others}"),
        ("EER %", r => Cells.Percent(r.Eer, r.Intervals?.Eer)),
        ("minDCF 0.01", r => Cells.Cost(r.MinDcf01, r.Intervals?.MinDcf01)),
        ("minDCF 0.001", r => Cells.Cost(r.MinDcf001, r.Intervals?.MinDcf001)));

    public static Command Create()
    {
        var input = new TestInput();
        var normalisation = new NormalisationInput();
        var fusion = new FusionInput(fitted: true);
        var plots = new PlotOutput();
        var list = new Option<string?>("--trials") { Description = "Trial list instead of drawn pairs: '1 path path' (VoxCeleb) or 'utterance utterance target' (Kaldi)" };
        var pairs = new Option<int>("--pairs") { Description = "Same-speaker pairs, and different-speaker pairs, drawn in each corpus", DefaultValueFactory = _ => 20_000 };
        var intervals = new Option<bool>("--intervals") { Description = "Adds 95 % confidence intervals, by bootstrap over speakers" };
        var command = new Command("evaluate", "Measures speaker verification: EER and minDCF at 0.01 and 0.001, for each corpus and pooled")
        {
            list, pairs, intervals, EvaluateRetrievalCommand.Create(), EvaluateClustersCommand.Create(),
        };
        input.AddTo(command);
        normalisation.AddTo(command);
        fusion.AddTo(command);
        plots.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            int count = parsed.GetValue(pairs);
            if (count is < 1 or > MostPairs)
                throw new UserErrorException($"--pairs is {count}; give 1 to {MostPairs}.");
            long seed = input.Seed(parsed);
            fusion.Check(parsed, input.Embedding.Models(parsed).Count);
            var source = input.Speech.Open(parsed, cancellation);
            var sets = parsed.GetValue(list) is { } path ? [TrialList.Read(path, source.Utterances)] : Draw(source.Utterances);
            var plan = ScoringPlan.Open(source, sets, fusion.Development(parsed, input.Speech, utterances => Draw(utterances)[^1], cancellation), cancellation);
            plan = plan with { Cohort = normalisation.Open(parsed, input.Speech, plan.Utterances, seed, cancellation) };
            var models = input.ForEach(parsed, (name, model, crops) => plan.Score(name, model, crops, cancellation));
            models = [.. models.Concat(fusion.Fuse(parsed, models)).OrderBy(m => m.Crop)];
            var bootstrap = parsed.GetValue(intervals) ? new SpeakerBootstrap(SpeakerBootstrap.Replicates, seed) : null;
            var several = input.Several(parsed);
            Table.Print(
                [.. models.SelectMany(m => VerificationTest.Measure(plan.Sets, m.Sets, plan.Utterances, bootstrap)
                    .Select(row => row with { Model = several.Model ? m.Model : null, Crop = several.Crop ? m.Crop : null }))],
                input.Json(parsed));
            plots.Save(parsed, parsed.GetValue(list) is null ? "All corpora" : sets[^1].Name, models);
            return 0;

            IReadOnlyList<TrialSet> Draw(IReadOnlyList<Utterance> utterances) => TrialSet.WithPooled(TrialSet.Draw(utterances, count, seed));
        }, CancellationToken.None));
        return command;
    }
}
