using Diarizer.Training.Data;

namespace Diarizer.Training.Conversations;

/// <summary>
/// Plans who talks when: one after the other has the floor, with pauses, common stretches, returns to who spoke before, and backchannels of the
/// listeners. An instance belongs to one thread.
/// </summary>
internal sealed class TurnTaking(TurnTakingOptions options)
{
    private const double ShortestTurn = 0.3, LongestTurn = 60;
    private readonly double[] _talkativeness = new double[8];

    /// <summary>Plans a stretch of a conversation that is under way when it begins.</summary>
    /// <param name="speakers">People, 1 to 8.</param>
    /// <param name="seconds">Length of the stretch.</param>
    /// <param name="turns">Gets the turns that touch the stretch, in no particular order.</param>
    public void Plan(int speakers, double seconds, List<PlannedTurn> turns, ref SeededRandom random)
    {
        turns.Clear();
        var talkativeness = _talkativeness.AsSpan(0, speakers);
        foreach (ref double t in talkativeness)
            t = Math.Exp(options.TalkSpread * random.Normal());
        int last = random.Below(speakers), before = Another(talkativeness, last, ref random);
        double time = -random.Between(0, 2 * options.TurnMedian);
        while (time < seconds)
        {
            double length = Math.Clamp(options.TurnMedian * Math.Exp(options.TurnSpread * random.Normal()), ShortestTurn, LongestTurn);
            var turn = new PlannedTurn(last, time, length);
            Add(turns, turn, seconds);
            AddBackchannels(turns, turn, talkativeness, seconds, ref random);
            bool same = speakers == 1 || random.Chance(options.Same);
            time += length + (same ? Math.Max(0.2, Pause(ref random)) : Gap(length, ref random));
            if (same)
                continue;
            int next = before != last && random.Chance(options.Back) ? before : Another(talkativeness, last, ref random);
            (before, last) = (last, next);
        }
    }

    private double Gap(double length, ref SeededRandom random) =>
        random.Chance(options.Overlap) ? -Math.Min(Exponential(options.OverlapMean, ref random), 0.8 * length) : Pause(ref random);

    private double Pause(ref SeededRandom random) =>
        random.Chance(options.LongPauses) ? random.Between(options.LongPause[0], options.LongPause[1]) : Exponential(options.PauseMean, ref random);

    private void AddBackchannels(List<PlannedTurn> turns, PlannedTurn turn, ReadOnlySpan<double> talkativeness, double seconds, ref SeededRandom random)
    {
        if (talkativeness.Length < 2 || options.Backchannels <= 0)
            return;
        double at = turn.Start;
        while ((at += Exponential(1 / options.Backchannels, ref random)) < turn.End)
            Add(turns, new PlannedTurn(Another(talkativeness, turn.Speaker, ref random), at, random.Between(options.Backchannel[0], options.Backchannel[1])), seconds);
    }

    private static void Add(List<PlannedTurn> turns, PlannedTurn turn, double seconds)
    {
        if (turn.End > 0 && turn.Start < seconds)
            turns.Add(turn);
    }

    /// <summary>Somebody else, the talkative more often.</summary>
    private static int Another(ReadOnlySpan<double> talkativeness, int than, ref SeededRandom random)
    {
        if (talkativeness.Length == 1)
            return 0;
        double sum = 0;
        for (int i = 0; i < talkativeness.Length; i++)
            sum += i == than ? 0 : talkativeness[i];
        double drawn = random.NextDouble() * sum;
        int chosen = -1;
        for (int i = 0; i < talkativeness.Length && (chosen < 0 || drawn > 0); i++)
        {
            if (i == than)
                continue;
            (chosen, drawn) = (i, drawn - talkativeness[i]);
        }
        return chosen;
    }

    private static double Exponential(double mean, ref SeededRandom random) => -mean * Math.Log(1 - random.NextDouble());
}
