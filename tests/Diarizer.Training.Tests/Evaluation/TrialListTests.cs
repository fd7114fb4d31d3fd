using Diarizer.Audio;
using Diarizer.Training.Data;
using Diarizer.Training.Evaluation;

namespace Diarizer.Training.Tests.Evaluation;

public class TrialListTests
{
    private static readonly Utterance[] Utterances =
    [
        Examples.Utterance("id1/x/00001", "id1", file: "wav/id1/x/00001.wav"),
        Examples.Utterance("id1/x/00002", "id1", file: "wav/id1/x/00002.wav"),
        Examples.Utterance("id2-y-00001", "id2", file: "wav/id2/y/00001.wav"),
        Examples.Utterance("long-1", "id3", file: "long.flac"),
        Examples.Utterance("long-2", "id3", file: "long.flac"),
    ];

    [Theory]
    [InlineData("1 id1/x/00001.wav id1/x/00002.wav\n0 id1/x/00001.wav id2/y/00001.wav\n")]
    [InlineData("1 wav/id1/x/00001.wav wav/id1/x/00002.flac\r\n0 wav/id1/x/00001.wav wav/id2/y/00001.wav\r\n")]
    [InlineData("id1/x/00001 id1/x/00002 target\n\nid1/x/00001\tid2-y-00001\tnontarget")]
    public void BothFormatsNameUtterancesByIdOrPath(string text)
    {
        var set = Read(text);
        Assert.Equal([(0, 1)], set.Pairs.Targets);
        Assert.Equal([(0, 2)], set.Pairs.Others);
        Assert.Equal(("list", 3, 2), (set.Name, set.Utterances, set.Speakers));
    }

    [Theory]
    [InlineData("1 id1/x/00001.wav id1/x/00002.wav\nid1/x/00001 id2-y-00001\n", "Line 2 of", "id1/x/00001 id2-y-00001")]
    [InlineData("1 id1/x/00001.wav nobody.wav\n0 id9 id8\n", "3 times", "'nobody.wav' in line 1")]
    [InlineData("1 long long-2\n0 long-1 id2-y-00001\n", "1 times", "'long' in line 1")]
    [InlineData("1 long-1 long-2\n1 long-1 id2-y-00001\n", "Line 2 of", "id3 and id2")]
    [InlineData("0 long-1 long-2\n", "Line 1 of", "of two speakers, but is of one")]
    [InlineData("1 long-1 long-2\n", "1 pairs of one speaker and 0 of two", "both")]
    public void MistakesAreSaidWithTheirPlace(string text, string place, string what)
    {
        var error = Assert.Throws<UserErrorException>(() => Read(text));
        Assert.Contains(place, error.Message);
        Assert.Contains(what, error.Message);
    }

    private static TrialSet Read(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["list.txt"], text);
        return TrialList.Read(folder["list.txt"], Utterances);
    }
}
