namespace Diarizer.Streaming.Recognition;

/// <summary>When a speaker of the session is taken for an enrolled person. Scores are cosines; see <see cref="KnownVoice.Score"/>.</summary>
public sealed record RecognitionOptions
{
    /// <summary>Score from which a speaker of whom one second was heard is an enrolled person. -1 to 1.</summary>
    public double Threshold { get; init; } = 0.72;

    /// <summary>
    /// By how much the threshold rises whenever twice as much was heard: the score of a stranger rises a little with less noise in what was heard, that of the person far more. 0 to 0.2.
    /// </summary>
    public double Rise { get; init; } = 0.03;

    /// <summary>Seconds of independent speech from which the threshold rises no more. 1 to 60.</summary>
    public double RiseUntil { get; init; } = 8;

    /// <summary>By how much a person must fit better than everybody else who is enrolled and was not recognised: who resembles two people is told to be neither. 0 to 1.</summary>
    public double Margin { get; init; } = 0.05;

    /// <summary>By how much less is enough to keep a name once it was given. 0 to 1.</summary>
    public double Patience { get; init; } = 0.05;

    /// <summary>
    /// Share of a speaker's score with the enrolled person that a turn must reach to be theirs as well, until corrections know more: of two mistakes, a name on a stranger is the worse. 0 to 1.
    /// </summary>
    public double TurnShare { get; init; } = 0.75;

    /// <summary>The score that a speaker needs of whom so much was heard.</summary>
    /// <remarks>
    /// A threshold that is linear in the logarithm of the duration is the quality measure of Mandasari et al. 2013 ("Quality measure functions for calibration of speaker recognition
    /// systems in various duration conditions").
    /// </remarks>
    /// <param name="seconds">Seconds of independent speech.</param>
    internal double ThresholdAt(double seconds) => Threshold + (Rise * Math.Log2(Math.Clamp(seconds, 0.5, RiseUntil)));

    internal void Check(OptionCheck check)
    {
        check.Between("Recognition:Threshold", Threshold, -1, 1);
        check.Between("Recognition:Rise", Rise, 0, 0.2);
        check.Between("Recognition:RiseUntil", RiseUntil, 1, 60);
        check.Between("Recognition:Margin", Margin, 0, 1);
        check.Between("Recognition:Patience", Patience, 0, 1);
        check.Between("Recognition:TurnShare", TurnShare, 0, 1);
    }
}
