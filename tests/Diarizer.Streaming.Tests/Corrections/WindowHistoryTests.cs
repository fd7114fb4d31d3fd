using Diarizer.Audio;
using Diarizer.Streaming.Corrections;
using Diarizer.Streaming.Embeddings;
using Diarizer.Streaming.Turns;

namespace Diarizer.Streaming.Tests.Corrections;

public class WindowHistoryTests
{
    [Fact]
    public void A_mean_has_the_evidence_of_its_windows()
    {
        var history = Filled(40, most: 20, i => i / 10 % 2);
        Assert.InRange(history.Count, 10, 20);
        var means = history.All.Where(w => w.Condensed is not null).ToList();
        Assert.NotEmpty(means);
        foreach (var mean in means)
        {
            // Windows begin every half second and last one; embedding i is (1, i).
            int first = (int)(mean.Window.Start / 8_000), count = (int)((mean.Window.End - mean.Window.Start) / 8_000) - 1;
            Assert.Equal(count, mean.Seconds, 1e-9);
            Assert.Equal(first + ((count - 1) / 2f), mean.Embedding[1], 1e-3);
            Assert.Equal(1, mean.Embedding[0], 1e-5);
            Assert.Equal((count + 1) / 2.0, mean.SpeechSeconds, 0.3 * count);
        }
    }

    [Fact]
    public void A_mean_is_one_voices_at_one_stretch()
    {
        var history = Filled(60, most: 30, i => i / 7);
        Assert.All(history.All, w => Assert.Equal(w.Window.Start / 8_000 / 7, ((w.Window.End - 16_000) / 8_000) / 7));
        Assert.All(history.All, w => Assert.True(w.Window.End - w.Window.Start <= SampleClock.FromSeconds(6)));
    }

    [Fact]
    public void The_latest_windows_are_there_one_by_one()
    {
        var history = Filled(100, most: 20, i => i / 10 % 2);
        var detailed = history.All.Where(w => w.Window.Start >= history.DetailedFrom).ToList();
        Assert.True(detailed.Count >= 8);
        Assert.All(detailed, w => Assert.Null(w.Condensed));
        Assert.Equal(99 * 8_000, detailed[^1].Window.Start);
        Assert.Equal(detailed.Count - 1, (detailed[^1].Window.Start - detailed[0].Window.Start) / 8_000);
    }

    [Fact]
    public void Who_spoke_little_and_long_ago_is_remembered()
    {
        // Voice 9 speaks first; then 1 and 2 talk for long.
        var history = Filled(2_000, most: 50, i => i < 4 ? 9 : 1 + (i / 5 % 2));
        Assert.InRange(history.Count, 20, 50);
        Assert.Contains(history.All, w => w.Window.Start < 4 * 8_000);
    }

    [Fact]
    public void What_nobody_told_of_is_forgotten_at_the_bound()
    {
        var history = new WindowHistory(20);
        for (int i = 0; i < 100; i++)
            history.Add(Heard(i));
        Assert.InRange(history.Count, 10, 20);
        Assert.All(history.All, w => Assert.Null(w.Condensed));
    }

    [Fact]
    public void A_stretch_can_be_forgotten()
    {
        var history = Filled(10, most: 20, _ => 0);
        history.Remove(20_000, 30_000);
        Assert.Equal([0, 4, 5, 6, 7, 8, 9], history.All.Select(w => w.Window.Start / 8_000));
        history.Clear();
        Assert.Equal((0, 0L), (history.Count, history.DetailedFrom));
    }

    private static WindowHistory Filled(int windows, int most, Func<int, int> voice)
    {
        var history = new WindowHistory(most);
        for (int i = 0; i < windows; i++)
        {
            history.Add(Heard(i));
            history.Tell([.. history.All.Select(w => voice((int)(w.Window.Start / 8_000)))]);
        }

        return history;
    }

    private static Observation Heard(int i) => new(new Window(i * 8_000, (i * 8_000) + 16_000, 16_000, 0.9), [1, i]);
}
