using System.CommandLine;
using Diarizer.Training.Evaluation;

namespace Diarizer.Training.Commands;

/// <summary><c>diarizer-train evaluate retrieval --manifest TSV --split S</c>.</summary>
internal static class EvaluateRetrievalCommand
{
    private const int MostTrials = 1_000_000, MostNegatives = 100_000;

    private static readonly ResultTable<RetrievalResult> Table = new(
        ("crop s", r => r.Crop is { } crop ? Cells.Number(crop, "0.##") : null),
        ("model", r => r.Model),
        ("corpus", r => r.Corpus),
        ("utterances", r => $"{r.Utterances}"),
        ("speakers", r => $"{r.Speakers}"),
        ("trials", r => $"{r.Trials}"),
        ("negatives", r => $"{r.Negatives}"),
        ("EER %", r => Cells.Percent(r.Eer)),
        ("F-measure", r => Cells.Cost(r.FMeasure)),
        ("accuracy %", r => Cells.Percent(r.Accuracy)),
        ("top 1 %", r => Cells.Percent(r.Top1)));

    public static Command Create()
    {
        var input = new TestInput();
        var normalisation = new NormalisationInput();
        var fusion = new FusionInput(fitted: false);
        var trials = new Option<int>("--trials") { Description = "Trials in each corpus; 0 for one for each speaker", DefaultValueFactory = _ => 1_000 };
        var negatives = new Option<int>("--negatives") { Description = "Utterances of other speakers in a trial", DefaultValueFactory = _ => 99 };
        var command = new Command("retrieval", "Finds one utterance of the speaker among those of others, as Deep Speaker's test does: EER, F-measure, accuracy") { trials, negatives };
        input.AddTo(command);
        normalisation.AddTo(command);
        fusion.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            int count = parsed.GetValue(trials), others = parsed.GetValue(negatives);
            if (count is < 0 or > MostTrials)
                throw new UserErrorException($"--trials is {count}; give 0 to {MostTrials}.");
            if (others is < 1 or > MostNegatives)
                throw new UserErrorException($"--negatives is {others}; give 1 to {MostNegatives}.");
            fusion.Check(parsed, input.Embedding.Models(parsed).Count);
            long seed = input.Seed(parsed);
            var source = input.Speech.Open(parsed, cancellation);
            var sets = TrialSet.WithPooled(TrialSet.ForEachCorpus(source.Utterances, rows => RetrievalTrials.Draw(rows, count, others, seed),
                $"No corpus has a speaker with two utterances (of different sessions, where sessions are given) and {others} utterances of others; give fewer --negatives, or another split."));
            var plan = ScoringPlan.Open(source, sets, null, cancellation);
            plan = plan with { Cohort = normalisation.Open(parsed, input.Speech, plan.Utterances, seed, cancellation) };
            var models = input.ForEach(parsed, (name, model, crops) => plan.Score(name, model, crops, cancellation));
            models = [.. models.Concat(fusion.Fuse(parsed, models)).OrderBy(m => m.Crop)];
            var several = input.Several(parsed);
            Table.Print(
                [.. models.SelectMany(m => plan.Sets.Zip(m.Sets, RetrievalResult.Of)
                    .Select(row => row with { Model = several.Model ? m.Model : null, Crop = several.Crop ? m.Crop : null }))],
                input.Json(parsed));
            return 0;
        }, CancellationToken.None));
        return command;
    }
}
