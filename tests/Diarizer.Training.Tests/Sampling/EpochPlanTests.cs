using Diarizer.Training.Data;
using Diarizer.Training.Sampling;

namespace Diarizer.Training.Tests.Sampling;

public class EpochPlanTests
{
    private static readonly IReadOnlyList<SpeakerUtterances> _speakers = SpeakerUtterances.Group(
        Enumerable.Range(0, 60).SelectMany(s => Enumerable.Range(0, s < 30 ? 40 : 1).Select(u =>
            new Utterance($"{s}-{u}", $"s{s:00}", s < 30 ? "a" : "b", "train", "", "f", 0, 32_000))));

    private static readonly SamplingOptions Options = new() { Speakers = 10, PerEpoch = [2, 8], SameCorpus = 0.5 };

    [Fact]
    public void NoBatchHoldsASpeakerTwice() =>
        Assert.All(EpochPlan.Make(_speakers, Options, 1, 0), batch => Assert.Equal(10, batch.Select(v => v.Speaker).Distinct().Count()));

    [Fact]
    public void SpeakersComeUpByAmountWithinTheirBounds()
    {
        var times = EpochPlan.Make(_speakers, Options, 1, 0).SelectMany(b => b).GroupBy(v => v).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(8, times.Where(t => t.Key.Speaker < 30).Max(t => t.Value));
        Assert.Equal(2, times.Where(t => t.Key.Speaker >= 30).Max(t => t.Value));
        Assert.InRange(times.Values.Sum(), 0.9 * 3 * (30 * 8 + 30 * 2), 3 * (30 * 8 + 30 * 2));
    }

    /// <summary>Voxceleb_trainer's cap of 500 utterances a speaker and epoch, 100 in the paper, is the second bound times the crops of a batch.</summary>
    [Theory]
    [InlineData(3, 2)]
    [InlineData(50, 1)]
    public void CapOfASpeakerHolds(double most, int crops)
    {
        var options = Options with { PerEpoch = [1, most], CropsPerSpeaker = crops, CropSeconds = [0.5, 0.5], Speeds = [1] };
        var times = EpochPlan.Make(_speakers, options, 1, 0).SelectMany(b => b).GroupBy(v => v).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(most, times.Values.Max());
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.0)]
    public void SameCorpusIsAsOftenAsAsked(double probability)
    {
        var batches = EpochPlan.Make(_speakers, Options with { SameCorpus = probability }, 1, 0);
        double pure = batches.Count(b => b.Select(v => _speakers[v.Speaker].Corpus).Distinct().Count() == 1) / (double)batches.Count;
        Assert.InRange(pure, probability == 1 ? 1 : 0, probability == 1 ? 1 : 0.4);
    }

    [Fact]
    public void StepsGoThroughEpochsAndCanBeAskedForInAnyOrder()
    {
        var planner = new BatchPlanner(_speakers, Options, 1);
        int first = EpochPlan.Make(_speakers, Options, 1, 0).Count;
        var later = planner.Batch(first + 3);
        Assert.Equal(EpochPlan.Make(_speakers, Options, 1, 0)[2], planner.Batch(2));
        Assert.Equal(EpochPlan.Make(_speakers, Options, 1, 1)[3], later);
        Assert.Equal(later, new BatchPlanner(_speakers, Options, 1).Batch(first + 3));
        Assert.NotEqual(planner.Batch(0), new BatchPlanner(_speakers, Options, 2).Batch(0));
    }

    [Fact]
    public void EverySpeedIsAClassOfItsOwn()
    {
        var planner = new BatchPlanner(_speakers, Options, 1);
        Assert.Equal(180, planner.ClassCount);
        Assert.Equal(180, Enumerable.Range(0, 60).SelectMany(s => Enumerable.Range(0, 3).Select(v => planner.ClassOf(new VoiceClass(s, v)))).Distinct().Count());
    }

    [Fact]
    public void TooFewSpeakersAreSaid() =>
        Assert.Contains("60 training speakers", Assert.Throws<UserErrorException>(() => new BatchPlanner(_speakers, Options with { Speakers = 61 }, 1)).Message);
}
