using Diarizer.Training.Data;
using Diarizer.Training.Sampling;

namespace Diarizer.Training.Tests.Sampling;

public class CropChooserTests
{
    [Fact]
    public void PrefersOtherSessions()
    {
        var speaker = Speaker([("a", "call1", 32_000), ("b", "call1", 32_000), ("c", "call2", 32_000)]);
        int across = 0;
        for (int i = 0; i < 200; i++)
        {
            var crops = Choose(speaker, 16_000, 2, i);
            Assert.NotEqual(crops[0].Utterance.Id, crops[1].Utterance.Id);
            across += crops[0].Utterance.Session != crops[1].Utterance.Session ? 1 : 0;
        }
        Assert.InRange(across, 180, 200);
    }

    [Fact]
    public void CropsStayInsideTheirUtterance()
    {
        var speaker = Speaker([("a", "", 20_000), ("b", "", 9_000)]);
        for (int i = 0; i < 200; i++)
        {
            foreach (var crop in Choose(speaker, 16_000, 2, i))
                Assert.InRange(crop.Offset, 0, Math.Max(0, crop.Utterance.Length - 16_000));
        }
    }

    [Theory]
    [InlineData(64_000, true)]
    [InlineData(48_000, true)]
    [InlineData(20_000, false)]
    public void SingleUtteranceGivesDisjointStretches(int length, bool disjoint)
    {
        var speaker = Speaker([("a", "", length)]);
        for (int i = 0; i < 100; i++)
        {
            int[] offsets = [.. Choose(speaker, 16_000, 3, i).Select(c => c.Offset).Order()];
            Assert.InRange(offsets[^1], 0, length - 16_000);
            if (disjoint)
                Assert.True(offsets[1] - offsets[0] >= 16_000 && offsets[2] - offsets[1] >= 16_000);
        }
    }

    private static Crop[] Choose(SpeakerUtterances speaker, int length, int count, int index)
    {
        var random = new SeededRandom(1, 1, index);
        var crops = new Crop[count];
        CropChooser.Choose(speaker, length, crops, ref random);
        return crops;
    }

    private static SpeakerUtterances Speaker((string Id, string Session, int Length)[] utterances) =>
        new("s", "c", [.. utterances.Select(u => new Utterance(u.Id, "s", "c", "train", u.Session, "f", 0, u.Length))]);
}
