using Diarizer.Training.Augmentation;
using Diarizer.Training.Conversations;
using Diarizer.Training.Data;
using Diarizer.Training.Data.Audio;
using Diarizer.Training.VoiceActivity;

namespace Diarizer.Training.Tests.Conversations;

public sealed class ConversationMakerTests : IDisposable
{
    private const int Seconds = 6;
    private readonly TemporaryFolder _folder = new();

    public ConversationMakerTests() => SyntheticData.Write(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void LabelsAreWhereTheVoicesAre()
    {
        var maker = new ConversationMaker(Clean.Options, SyntheticData.Library(_folder), null, []);
        int speech = 0, silence = 0;
        for (int i = 0; i < 10; i++)
        {
            var (samples, labels, count) = Make(maker, i);
            Assert.Equal(2, count);
            for (int t = 5; t < labels.Length - 5; t++)
            {
                // Fades are quieter.
                if (labels[(t - 5)..(t + 6)].Distinct().Count() > 1)
                    continue;
                double decibels = 10 * Math.Log10(Level.Power(samples.AsSpan(t * 160, 160)) + 1e-12);
                Assert.True(labels[t] != 0 ? decibels > -45 : decibels < -50, $"frame {t} of conversation {i}: {decibels} dB, label {labels[t]}");
                (speech, silence) = labels[t] != 0 ? (speech + 1, silence) : (speech, silence + 1);
            }
        }
        Assert.True(speech > 1_000 && silence > 300, $"{speech} frames of speech, {silence} of silence");
    }

    [Fact]
    public void TwoWhoTalkAtOnceAreBothLabelledAndBothHeard()
    {
        var options = Clean.Options with { Turns = new() { TurnMedian = 3, TurnSpread = 0, Overlap = 1, OverlapMean = 10, Same = 0, Backchannels = 0 } };
        var library = SyntheticData.Library(_folder);
        var maker = new ConversationMaker(options, library, null, []);
        List<double> both = [], one = [];
        for (int i = 0; i < 6; i++)
        {
            var (samples, labels, _) = Make(maker, i);
            for (int t = 0; t < labels.Length; t++)
            {
                if (labels[t] != 0)
                    (labels[t] == 0b11 ? both : one).Add(Level.Power(samples.AsSpan(t * 160, 160)));
            }
        }
        Assert.True(both.Count > 600 && one.Count > 300, $"{both.Count} frames with two, {one.Count} with one");
        Assert.InRange(both.Average() / one.Average(), 1.4, 3.2);
    }

    [Fact]
    public void NobodyMeansSilenceAndNoLabel()
    {
        var maker = new ConversationMaker(Clean.Options with { Nobody = 1 }, SyntheticData.Library(_folder), null, []);
        for (int i = 0; i < 6; i++)
        {
            var (samples, labels, count) = Make(maker, i);
            Assert.Equal(0, count);
            Assert.DoesNotContain(labels, l => l != 0);
            // At most the hiss of a microphone.
            Assert.True(Level.Power(samples) < 1e-5);
        }
    }

    [Fact]
    public void AsManyPeopleAsAskedAreHeard()
    {
        var maker = new ConversationMaker(Clean.Options with { Speakers = [2, 5] }, SyntheticData.Library(_folder), null, []);
        int[] counts = [.. Enumerable.Range(0, 40).Select(i => Make(maker, i)).Select(made =>
        {
            Assert.All(made.Labels, l => Assert.True(l >> made.Count == 0));
            return made.Count;
        })];
        Assert.Equal([2, 3, 4, 5], counts.Distinct().Order());
    }

    [Fact]
    public void FullConversationsAreFiniteBoundedAndRepeatable()
    {
        var noises = NoiseLibrary.Open(_folder["noise.tsv"], new PcmCache(_folder["cache"]));
        var options = new ConversationOptions();
        var rooms = Room.Load(noises, options.Room);
        var library = SyntheticData.Library(_folder);
        ConversationMaker one = new(options, library, noises, rooms), two = new(options, library, noises, rooms);
        int speech = 0;
        for (int i = 0; i < 12; i++)
        {
            var (samples, labels, count) = Make(one, i);
            Assert.All(samples, x => Assert.InRange(x, -1.01f, 1.01f));
            speech += labels.Count(l => l != 0);
            if (i % 4 != 3)
                continue;
            var again = Make(two, i);
            Assert.Equal((samples, labels, count), (again.Samples, again.Labels, again.Count), Same);
        }
        Assert.InRange(speech / (12.0 * 100 * Seconds), 0.3, 0.98);

        static bool Same((float[] Samples, byte[] Labels, int Count) a, (float[] Samples, byte[] Labels, int Count) b) =>
            a.Samples.AsSpan().SequenceEqual(b.Samples) && a.Labels.AsSpan().SequenceEqual(b.Labels) && a.Count == b.Count;
    }

    [Fact]
    public void ScenesAreConversationsOfWhichOnlyTheTalkMatters()
    {
        var library = SyntheticData.Library(_folder);
        var (samples, labels, _) = Make(new ConversationMaker(Clean.Options, library, null, []), 4);
        var (heard, talk) = (new float[samples.Length], new bool[labels.Length]);
        var random = new SeededRandom(3, 0, 4);
        new ConversationScenes(new ConversationMaker(Clean.Options, library, null, [])).Make(heard, talk, ref random);
        Assert.Equal(samples, heard);
        Assert.Equal(labels.Select(l => l != 0), talk);
    }

    [Fact]
    public void SpeedsMakeOtherVoices()
    {
        var library = SyntheticData.Library(_folder);
        float[] slow = Make(new ConversationMaker(Clean.Options with { Speeds = [0.9] }, library, null, []), 1).Samples;
        Assert.NotEqual(slow, Make(new ConversationMaker(Clean.Options with { Speeds = [1.1] }, library, null, []), 1).Samples);
    }

    private static (float[] Samples, byte[] Labels, int Count) Make(ConversationMaker maker, int index)
    {
        float[] samples = new float[Seconds * SyntheticData.Rate];
        byte[] labels = new byte[Seconds * 100];
        // What was there before must not stay.
        samples.AsSpan().Fill(9);
        labels.AsSpan().Fill(255);
        var random = new SeededRandom(3, 0, index);
        int count = maker.Make(samples, labels, ref random);
        return (samples, labels, count);
    }
}
