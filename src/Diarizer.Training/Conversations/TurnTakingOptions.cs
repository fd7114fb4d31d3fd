using Diarizer.Training.Configuration;

namespace Diarizer.Training.Conversations;

/// <summary>The statistics of who takes the floor when (Sacks, Schegloff and Jefferson 1974; figures near Heldner and Edlund 2010).</summary>
internal sealed record TurnTakingOptions : IValidated
{
    /// <summary>Median of a turn in seconds; 0.2 to 60.</summary>
    public double TurnMedian { get; init; } = 2;

    /// <summary>Standard deviation of a turn's logarithm; 0 to 2.</summary>
    public double TurnSpread { get; init; } = 0.9;

    /// <summary>Mean of a pause before the next turn in seconds; 0 to 30.</summary>
    public double PauseMean { get; init; } = 0.6;

    /// <summary>Probability of a long pause, of <see cref="LongPause"/> seconds; 0 to 1.</summary>
    public double LongPauses { get; init; } = 0.1;

    /// <summary>From and to, in seconds; 0 to 60.</summary>
    public double[] LongPause { get; init; } = [2, 6];

    /// <summary>Probability that the next one begins before the last one has ended; 0 to 1.</summary>
    public double Overlap { get; init; } = 0.3;

    /// <summary>Mean length of such a common stretch in seconds; 0 to 10.</summary>
    public double OverlapMean { get; init; } = 0.8;

    /// <summary>Probability that the same person goes on after a pause; 0 to 1.</summary>
    public double Same { get; init; } = 0.25;

    /// <summary>Probability that the floor goes back to who had it before; 0 to 1.</summary>
    public double Back { get; init; } = 0.5;

    /// <summary>Backchannels ("mm-hm", "yes") of the others a second of a turn; 0 to 2.</summary>
    public double Backchannels { get; init; } = 0.12;

    /// <summary>Their length in seconds, from and to; 0.1 to 5.</summary>
    public double[] Backchannel { get; init; } = [0.2, 0.9];

    /// <summary>Standard deviation of the logarithm of how readily somebody talks; 0 to 3.</summary>
    public double TalkSpread { get; init; } = 0.7;

    public void Validate(OptionCheck check)
    {
        check.Between("turnMedian", TurnMedian, 0.2, 60);
        check.Between("turnSpread", TurnSpread, 0, 2);
        check.Between("pauseMean", PauseMean, 0, 30);
        check.Between("longPauses", LongPauses, 0, 1);
        check.Range("longPause", LongPause, 0, 60);
        check.Between("overlap", Overlap, 0, 1);
        check.Between("overlapMean", OverlapMean, 0, 10);
        check.Between("same", Same, 0, 1);
        check.Between("back", Back, 0, 1);
        check.Between("backchannels", Backchannels, 0, 2);
        check.Range("backchannel", Backchannel, 0.1, 5);
        check.Between("talkSpread", TalkSpread, 0, 3);
    }
}
