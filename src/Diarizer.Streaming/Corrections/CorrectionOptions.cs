namespace Diarizer.Streaming.Corrections;

/// <summary>How the labels of a session are corrected while it goes on and at its end: all that was heard is clustered again, with what came later.</summary>
public sealed record CorrectionOptions
{
    /// <summary>Seconds that <see cref="StayProbability"/> is for.</summary>
    private const double StayTick = 0.25;

    /// <summary>Seconds of audio between corrections while a session goes on; 0 for none but the one at its end. 0 to 600.</summary>
    public double Interval { get; init; } = 10;

    /// <summary>Windows that a session must have before it is corrected while it goes on: with little speech, voices are easily taken for one. 2 to 5,000.</summary>
    public int FirstAfter { get; init; } = 60;

    /// <summary>Corrects once more when the session ends.</summary>
    public bool AtEnd { get; init; } = true;

    /// <summary>Most windows that the first guess of a correction takes while the session goes on, evenly drawn from all that is remembered; bounds its time. 10 to 5,000.</summary>
    public int Windows { get; init; } = 240;

    /// <summary>
    /// Most windows of a session that are remembered; beyond it the older ones are condensed to means of what one voice said at a stretch. The first guess at the session's end takes
    /// them all. Not below <see cref="Windows"/>. 10 to 20,000.
    /// </summary>
    public int WindowsAtEnd { get; init; } = 800;

    /// <summary>Variance of the point of a window with one second of speech, in units of how one voice varied in training. 0.1 to 20.</summary>
    public double NoiseVariance { get; init; } = 2;

    /// <summary>Share of the variance of voices over all recordings that voices have within one. 0.01 to 2.</summary>
    public double VoiceShare { get; init; } = 0.43;

    /// <summary>The same of the channel, in which all voices of a session differ alike from others. 0.001 to 2.</summary>
    public double ChannelShare { get; init; } = 0.89;

    /// <summary>Share of the mean of all windows that is taken for the channel until voices are told apart. 0 to 1.</summary>
    public double ChannelStart { get; init; } = 0.42;

    /// <summary>Share of a window's evidence that counts when clusters are merged: windows overlap, and neighbours say the same. 0.001 to 1.</summary>
    public double ClusteringScale { get; init; } = 0.37;

    /// <summary>Log-likelihood ratio of one voice against two from which clusters are merged. -200 to 200.</summary>
    public double MergeRatio { get; init; } = -17;

    /// <summary>Share of a window's evidence that counts when voices are told apart over time (F_A of Landini et al. 2022). 0.001 to 1.</summary>
    public double EvidenceScale { get; init; } = 0.2;

    /// <summary>Probability that nobody else takes over within a quarter of a second of speech (P_loop there). 0.01 to 0.999.</summary>
    public double StayProbability { get; init; } = 0.78;

    /// <summary>Seconds that a part of a turn needs to be cut off; windows reach across a change and say little about less. 0.1 to 5.</summary>
    public double ShortestPart { get; init; } = 0.5;

    /// <summary>Share of the session's speech under which a speaker without a stretch of <see cref="GhostStretch"/> is taken for somebody else. 0 to 0.5.</summary>
    public double GhostShare { get; init; } = 0.05;

    /// <summary>Seconds of speech at a stretch that make a speaker, however rarely heard. 0 to 10.</summary>
    public double GhostStretch { get; init; } = 2.15;

    /// <summary>Seconds by which a turn's start or end must be wrong to be corrected. 0 to 2.</summary>
    public double Tolerance { get; init; } = 0.1;

    /// <summary>Confidence of a label that a correction gave. 0 to 1.</summary>
    public float Confidence { get; init; } = 0.8f;

    /// <summary>The probability that nobody takes over between two windows whose centres lie so many seconds apart.</summary>
    internal double Stay(double seconds) => Math.Pow(StayProbability, seconds / StayTick);

    internal void Check(OptionCheck check)
    {
        check.Between("Corrections:Interval", Interval, 0, 600);
        check.Between("Corrections:FirstAfter", FirstAfter, 2, 5_000);
        check.Between("Corrections:Windows", Windows, 10, 5_000);
        check.Between("Corrections:WindowsAtEnd", WindowsAtEnd, 10, 20_000);
        check.NotAbove("Corrections:Windows", Windows, "Corrections:WindowsAtEnd", WindowsAtEnd);
        check.Between("Corrections:NoiseVariance", NoiseVariance, 0.1, 20);
        check.Between("Corrections:VoiceShare", VoiceShare, 0.01, 2);
        check.Between("Corrections:ChannelShare", ChannelShare, 0.001, 2);
        check.Between("Corrections:ChannelStart", ChannelStart, 0, 1);
        check.Between("Corrections:ClusteringScale", ClusteringScale, 0.001, 1);
        check.Between("Corrections:MergeRatio", MergeRatio, -200, 200);
        check.Between("Corrections:EvidenceScale", EvidenceScale, 0.001, 1);
        check.Between("Corrections:StayProbability", StayProbability, 0.01, 0.999);
        check.Between("Corrections:ShortestPart", ShortestPart, 0.1, 5);
        check.Between("Corrections:GhostShare", GhostShare, 0, 0.5);
        check.Between("Corrections:GhostStretch", GhostStretch, 0, 10);
        check.Between("Corrections:Tolerance", Tolerance, 0, 2);
        check.Between("Corrections:Confidence", Confidence, 0, 1);
    }
}
