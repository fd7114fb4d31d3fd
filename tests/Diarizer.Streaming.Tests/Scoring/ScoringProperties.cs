using Diarizer.Streaming.Scoring;
using FsCheck;
using FsCheck.Fluent;

namespace Diarizer.Streaming.Tests.Scoring;

public class ScoringProperties
{
    private static readonly ScoringOptions[] AllOptions = [new(), new(0.25), new(0, true), new(0.1, true)];

    private static List<SpeakerSegment> Random(int seed, string names, double gap = -3)
    {
        var random = new Random(seed);
        var segments = new List<SpeakerSegment>();
        var at = 0.0;
        for (var i = random.Next(1, 30); i > 0; i--)
        {
            at = Math.Round(Math.Max(0, at + gap + (random.NextDouble() * 4)), 3);
            var end = Math.Round(at + 0.01 + (random.NextDouble() * 5), 3);
            segments.Add(new SpeakerSegment(random.Next(4) == 0 ? "b" : "a", names[random.Next(names.Length)].ToString(), at, end));
            at = end;
        }

        return segments;
    }

    private static void ForAll(Func<int, bool> holds) => Prop.ForAll(ArbMap.Default.ArbFor<int>(), holds).QuickCheckThrowOnFailure();

    private static DiarizationErrors Pooled(IEnumerable<SpeakerSegment> reference, IEnumerable<SpeakerSegment> hypothesis, ScoringOptions options = default) =>
        DiarizationErrorRate.Pool(DiarizationErrorRate.Score(reference, hypothesis, null, options).Values);

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-6;

    [Fact]
    public void Names_do_not_matter() => ForAll(seed =>
    {
        var (reference, hypothesis) = (Random(seed, "ABC"), Random(seed + 1, "xyzw"));
        var renamed = hypothesis.Select(s => s with { Speaker = s.Speaker switch { "x" => "z", "z" => "A", "y" => "B", _ => "x" } });
        return AllOptions.All(o => Near(Pooled(reference, hypothesis, o).Rate, Pooled(reference, renamed, o).Rate));
    });

    [Fact]
    public void Truth_has_no_error() => ForAll(seed =>
    {
        var reference = Random(seed, "ABC");
        return AllOptions.All(o => Pooled(reference, reference, o).Rate < 1e-9) && JaccardErrorRate.Score(reference, reference).Values.SelectMany(e => e).All(e => e == 0);
    });

    [Fact]
    public void What_is_left_out_is_missed_and_nothing_else() => ForAll(seed =>
    {
        var reference = Random(seed, "ABC", gap: 0.1);
        var kept = reference.Where((_, i) => i % 2 == 0).ToList();
        var errors = Pooled(reference, kept);
        return Near(errors.Missed, errors.Speech - kept.Sum(s => s.End - s.Start)) && Near(errors.FalseAlarm, 0) && Near(errors.Confusion, 0);
    });

    [Fact]
    public void What_is_made_up_is_false_alarm_and_nothing_else() => ForAll(seed =>
    {
        var truth = Random(seed, "ABC", gap: 0.1);
        var reference = truth.Where((s, i) => i % 2 == 0 || s.Recording == "b").ToList();
        var made = truth.Except(reference).Where(s => reference.Any(r => r.Recording == s.Recording)).ToList();
        var errors = Pooled(reference, reference.Concat(made));
        return Near(errors.FalseAlarm, made.Sum(s => s.End - s.Start)) && Near(errors.Missed, 0) && Near(errors.Confusion, 0);
    });

    [Fact]
    public void One_name_for_all_is_confusion_and_nothing_else() => ForAll(seed =>
    {
        var reference = Random(seed, "ABC", gap: 0.1);
        var errors = Pooled(reference, reference.Select(s => s with { Speaker = "x" }));
        var longest = reference.GroupBy(s => s.Recording).Sum(r => r.GroupBy(s => s.Speaker).Max(g => g.Sum(s => s.End - s.Start)));
        return Near(errors.Confusion, errors.Speech - longest) && Near(errors.Missed, 0) && Near(errors.FalseAlarm, 0);
    });

    [Fact]
    public void Reference_and_hypothesis_mirror_each_other() => ForAll(seed =>
    {
        var reference = Random(seed, "ABC").Where(s => s.Recording == "a").ToList();
        var hypothesis = Random(seed + 1, "xyz").Where(s => s.Recording == "a").ToList();
        if (reference.Count == 0 || hypothesis.Count == 0)
            return true;
        var (there, back) = (Pooled(reference, hypothesis), Pooled(hypothesis, reference));
        return Near(there.Missed, back.FalseAlarm) && Near(there.FalseAlarm, back.Missed) && Near(there.Confusion, back.Confusion);
    });

    [Fact]
    public void Writing_and_reading_changes_nothing() => ForAll(seed =>
    {
        var segments = Random(seed, "ABC");
        var text = new StringWriter();
        Rttm.Write(text, segments);
        var read = Rttm.Read(new StringReader(text.ToString()), "text");
        return read.Count == segments.Count && read.Zip(segments).All(p =>
            p.First.Speaker == p.Second.Speaker && p.First.Recording == p.Second.Recording && Near(p.First.Start, p.Second.Start) && Near(p.First.End, p.Second.End));
    });
}
