using Diarizer.Training.Conversations;
using Diarizer.Training.Data;
using Diarizer.Training.Sampling;

namespace Diarizer.Training.Tests.Conversations;

public sealed class ParticipantsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ParticipantsTests() => SyntheticData.Write(_folder, speakers: 10, utterances: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void NobodyIsThereTwice()
    {
        foreach (var people in Draw(new ConversationOptions { OneCorpus = 0 }, 6))
            Assert.Equal(6, people.Select(p => p.Speaker).Distinct().Count());
    }

    [Fact]
    public void AllAreFromOneCorpusOrAnyCorpus()
    {
        var library = SyntheticData.Library(_folder);
        Assert.All(Draw(new ConversationOptions { OneCorpus = 1 }, 4), people => Assert.Single(people.Select(p => library.Speakers[p.Speaker].Corpus).Distinct()));
        Assert.Contains(Draw(new ConversationOptions { OneCorpus = 0 }, 4), people => people.Select(p => library.Speakers[p.Speaker].Corpus).Distinct().Count() == 2);
    }

    [Fact]
    public void ThereAreFewerWhereTheDataHasNotEnough() => Assert.All(Draw(new ConversationOptions { OneCorpus = 1 }, 8), people => Assert.Equal(5, people.Length));

    [Fact]
    public void EverybodyComesUpAtEverySpeed()
    {
        var all = Draw(new ConversationOptions { OneCorpus = 0, Speeds = [0.9, 1.1] }, 3, times: 200).SelectMany(p => p).ToList();
        Assert.Equal(20, all.Distinct().Count());
    }

    private List<VoiceClass[]> Draw(ConversationOptions options, int count, int times = 50)
    {
        var participants = new Participants(options, SyntheticData.Library(_folder));
        var drawn = new List<VoiceClass[]>();
        for (int i = 0; i < times; i++)
        {
            var people = new VoiceClass[count];
            var random = new SeededRandom(2, 0, i);
            drawn.Add(people[..participants.Draw(people, ref random)]);
        }
        return drawn;
    }
}
