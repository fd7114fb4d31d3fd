using Diarizer.Streaming.Scoring;
using Diarizer.Training.Conversations;

namespace Diarizer.Training.Tests.Conversations;

public class LabelTests
{
    [Fact]
    public void PausesUpToALengthAreClosedForOneSpeaker()
    {
        byte[] labels = [0, 1, 0, 2, 1, 0, 0, 0, 1, 0];
        LabelPauses.Fill(labels, 1, 2);
        Assert.Equal<byte>([0, 1, 1, 3, 1, 0, 0, 0, 1, 0], labels);
        LabelPauses.Fill(labels, 1, 3);
        Assert.Equal<byte>([0, 1, 1, 3, 1, 1, 1, 1, 1, 0], labels);
    }

    [Fact]
    public void NothingIsClosedBeforeTheFirstWordOrAfterTheLast()
    {
        byte[] labels = [0, 0, 2, 0, 0];
        LabelPauses.Fill(labels, 2, 10);
        LabelPauses.Fill(labels, 1, 10);
        Assert.Equal<byte>([0, 0, 2, 0, 0], labels);
    }

    [Fact]
    public void EveryStretchOfEverySpeakerIsASegmentInOrderOfTime()
    {
        byte[] labels = [2, 2, 3, 1, 0, 1, 128];
        SpeakerSegment[] expected =
        [
            new("r", "speaker2", 0, 0.03), new("r", "speaker1", 0.02, 0.04), new("r", "speaker1", 0.05, 0.06), new("r", "speaker8", 0.06, 0.07),
        ];
        var given = LabelSegments.Of("r", labels);
        Assert.Equal(expected.Select(s => (s.Recording, s.Speaker)), given.Select(s => (s.Recording, s.Speaker)));
        foreach (var (one, other) in expected.Zip(given))
        {
            Assert.Equal(one.Start, other.Start, 9);
            Assert.Equal(one.End, other.End, 9);
        }
        Assert.Empty(LabelSegments.Of("r", new byte[5]));
    }
}
