using Diarizer.Training.Conversations;
using Diarizer.Training.Data;

namespace Diarizer.Training.Tests.Conversations;

/// <summary>Long stretches are planned, whose statistics must be those of the options.</summary>
public class TurnTakingTests
{
    private const double Hour = 3_600;

    /// <summary>One after the other, with nothing else drawn.</summary>
    private static readonly TurnTakingOptions Plain = new() { Overlap = 0, LongPauses = 0, Same = 0, Backchannels = 0, TalkSpread = 0 };

    [Fact]
    public void TurnsAndPausesAreAsLongAsAsked()
    {
        var turns = Plan(3, Plain with { TurnMedian = 3, TurnSpread = 0.5, PauseMean = 1.2 });
        Assert.Equal(3, Median(turns.Select(t => t.Seconds)), 0.25);
        // A quarter of a log-normal lies below exp(-0.6745 sigma).
        Assert.Equal(0.25, turns.Count(t => t.Seconds < 3 * Math.Exp(-0.6745 * 0.5)) / (double)turns.Count, 0.06);
        double[] pauses = [.. turns.Zip(turns.Skip(1), (a, b) => b.Start - a.End)];
        Assert.All(pauses, p => Assert.True(p >= 0));
        Assert.Equal(1.2, pauses.Average(), 0.15);
        Assert.All(turns.Zip(turns.Skip(1)), pair => Assert.NotEqual(pair.First.Speaker, pair.Second.Speaker));
    }

    [Fact]
    public void LongPausesAreAsLongAndAsOftenAsAsked()
    {
        var turns = Plan(2, Plain with { PauseMean = 0, LongPauses = 0.3, LongPause = [4, 5] });
        double[] pauses = [.. turns.Zip(turns.Skip(1), (a, b) => b.Start - a.End).Where(p => p > 1e-6)];
        Assert.All(pauses, p => Assert.InRange(p, 4 - 1e-9, 5 + 1e-9));
        Assert.Equal(0.3, pauses.Length / (double)turns.Count, 0.06);
    }

    [Fact]
    public void TheNextOneBeginsEarlyAsOftenAsAsked()
    {
        var turns = Plan(4, Plain with { Overlap = 0.4, OverlapMean = 0.5, PauseMean = 1, TurnMedian = 4 });
        double[] common = [.. turns.Zip(turns.Skip(1), (a, b) => a.End - b.Start).Where(c => c > 0)];
        Assert.Equal(0.4, common.Length / (double)turns.Count, 0.05);
        Assert.Equal(0.5, common.Average(), 0.1);
        Assert.All(turns.Zip(turns.Skip(1)), pair => Assert.True(pair.Second.Start >= pair.First.Start + 0.2 * pair.First.Seconds - 1e-9));
        Assert.Contains(turns.Zip(turns.Skip(1)), pair => pair.Second.Start > pair.First.End);
    }

    [Fact]
    public void ListenersSayTheirYes()
    {
        var turns = Plan(3, Plain with { TurnMedian = 10, TurnSpread = 0, PauseMean = 0, Backchannels = 0.2, Backchannel = [0.3, 0.6] });
        var (yes, held) = (turns.Where(t => t.Seconds < 1).ToList(), turns.Where(t => t.Seconds > 1).ToList());
        Assert.Equal(0.2, yes.Count / held.Sum(t => t.Seconds), 0.03);
        Assert.All(yes, t => Assert.InRange(t.Seconds, 0.3, 0.6));
        Assert.All(yes, t => Assert.DoesNotContain(held, h => h.Speaker == t.Speaker && h.Start < t.Start - 1e-9 && t.Start < h.End - 1e-9));
        Assert.DoesNotContain(Plan(1, new() { Backchannels = 2 }), t => t.Speaker != 0);
    }

    [Fact]
    public void TheSameOneGoesOnAsOftenAsAsked()
    {
        var turns = Plan(3, Plain with { Same = 0.35, PauseMean = 0.05 });
        var same = turns.Zip(turns.Skip(1)).Where(p => p.First.Speaker == p.Second.Speaker).ToList();
        Assert.Equal(0.35, same.Count / (double)turns.Count, 0.05);
        // Whoever goes on at once has not stopped.
        Assert.All(same, p => Assert.True(p.Second.Start - p.First.End >= 0.2 - 1e-9));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(0, 0.25)]
    public void TheFloorGoesBackAsOftenAsAsked(double back, double expected)
    {
        var turns = Plan(5, Plain with { Back = back });
        Assert.Equal(expected, turns.Zip(turns.Skip(2)).Count(p => p.First.Speaker == p.Second.Speaker) / (turns.Count - 2.0), 0.06);
    }

    [Fact]
    public void TheTalkativeTalkMore()
    {
        Assert.InRange(Share(0), 0.25, 0.45);
        Assert.InRange(Share(2), 0.42, 1);

        // Of three, what the one with most turns has; two take turns at most.
        static double Share(double spread)
        {
            var turns = Plan(3, Plain with { TalkSpread = spread, Back = 0 });
            return turns.GroupBy(t => t.Speaker).Max(g => g.Count()) / (double)turns.Count;
        }
    }

    [Fact]
    public void AnExcerptTouchesItsStretchAndMayBeUnderWay()
    {
        int begun = 0;
        for (int i = 0; i < 200; i++)
        {
            var turns = Plan(4, new(), 5, i);
            Assert.All(turns, t => Assert.True(t.End > 0 && t.Start < 5 && t.Speaker is >= 0 and < 4));
            begun += turns.Any(t => t.Start < 0) ? 1 : 0;
        }
        Assert.InRange(begun, 40, 180);
    }

    [Fact]
    public void OneAloneTalksAloneAndPauses()
    {
        var turns = Plan(1, new());
        Assert.All(turns, t => Assert.Equal(0, t.Speaker));
        Assert.All(turns.Zip(turns.Skip(1)), p => Assert.True(p.Second.Start >= p.First.End + 0.2 - 1e-9));
    }

    [Fact]
    public void TheSeedSaysAll()
    {
        Assert.Equal(Plan(4, new(), 60, 7), Plan(4, new(), 60, 7));
        Assert.NotEqual(Plan(4, new(), 60, 7), Plan(4, new(), 60, 8));
    }

    private static List<PlannedTurn> Plan(int speakers, TurnTakingOptions options, double seconds = Hour, int index = 0)
    {
        var turns = new List<PlannedTurn>();
        var random = new SeededRandom(5, 0, index);
        new TurnTaking(options).Plan(speakers, seconds, turns, ref random);
        return turns;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
