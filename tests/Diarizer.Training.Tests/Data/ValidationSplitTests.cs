using Diarizer.Training.Data;

namespace Diarizer.Training.Tests.Data;

public class ValidationSplitTests
{
    private static readonly IReadOnlyList<SpeakerUtterances> Speakers = SpeakerUtterances.Group(
        Enumerable.Range(0, 200).SelectMany(s => Enumerable.Range(0, s % 4 == 0 ? 1 : 3).Select(u =>
            new Utterance($"{s}-{u}", $"s{s:000}", s < 100 ? "a" : "b", "train", "", "f", 0, 16_000))));

    [Fact]
    public void TakesTheShareOfEachCorpusFromSpeakersWithTwoUtterances()
    {
        var (training, validation) = ValidationSplit.Of(Speakers, 0.2, 1);
        Assert.Equal(200, training.Count + validation.Count);
        Assert.Empty(training.Intersect(validation));
        Assert.Equal((15, 15), (validation.Count(s => s.Corpus == "a"), validation.Count(s => s.Corpus == "b")));
        Assert.All(validation, s => Assert.True(s.Utterances.Count >= 2));
    }

    [Fact]
    public void DependsOnTheSeedAlone()
    {
        string[] Names(long seed, IReadOnlyList<SpeakerUtterances> from) => [.. ValidationSplit.Of(from, 0.1, seed).Validation.Select(s => s.Name)];
        Assert.Equal(Names(1, Speakers), Names(1, Speakers));
        Assert.NotEqual(Names(1, Speakers), Names(2, Speakers));
    }

    [Fact]
    public void ShareZeroTakesNobody() => Assert.Empty(ValidationSplit.Of(Speakers, 0, 1).Validation);
}
