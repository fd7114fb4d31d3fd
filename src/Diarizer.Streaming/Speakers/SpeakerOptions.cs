namespace Diarizer.Streaming.Speakers;

/// <summary>How speakers are made, recognised and remembered. Scores are cosines in [-1, 1].</summary>
public sealed record SpeakerOptions
{
    /// <summary>Value of <see cref="CentringShrinkage"/> from which nothing is taken off.</summary>
    public const double NoCentring = 100;

    /// <summary>Most speakers held at once; beyond it the least established one is forgotten. 1 to 200.</summary>
    public int Maximum { get; init; } = 24;

    /// <summary>Most exemplars (window embeddings) held of a speaker. 1 to 200.</summary>
    public int MaximumExemplars { get; init; } = 30;

    /// <summary>How many of the nearest exemplars are averaged. 1 to 50.</summary>
    public int NearestExemplars { get; init; } = 5;

    /// <summary>Weight of the centroid's score beside the exemplars'. 0 (exemplars alone) to 1 (centroid alone).</summary>
    public double CentroidWeight { get; init; } = 0.5;

    /// <summary>
    /// How hesitantly the voices' common part (room, microphone, line) is taken off before they are compared: the ratio of the variances of
    /// voices and channels. 0 (fully, from the first speaker on) to <see cref="NoCentring"/> (never).
    /// </summary>
    public double CentringShrinkage { get; init; } = NoCentring;

    /// <summary>Score below which a turn's mean embedding belongs to nobody known. -1 to 1.</summary>
    public double NewSpeakerThreshold { get; init; } = 0.4;

    /// <summary>Score at which the confidence is one half. -1 to 1.</summary>
    public double ConfidenceMidpoint { get; init; } = 0.4;

    /// <summary>Slope of the logistic that turns a score into a confidence. 0.1 to 100.</summary>
    public double ConfidenceSlope { get; init; } = 12;

    /// <summary>Added to the score of the speaker who was heard last. 0 to 0.5.</summary>
    public double CurrentSpeakerBonus { get; init; } = 0.05;

    /// <summary>Seconds of speech that make a new speaker. 0.3 to 10.</summary>
    public double MinimumNewSpeakerSpeech { get; init; } = 1.2;

    /// <summary>Score with everybody known up to which a voice is clearly new. -1 to 1.</summary>
    public double ClearlyNewScore { get; init; } = 0.2;

    /// <summary>Seconds of speech that make a new speaker of a voice that is clearly new; not above <see cref="MinimumNewSpeakerSpeech"/> in effect. 0.3 to 10.</summary>
    public double MinimumClearlyNewSpeech { get; init; } = 0.9;

    /// <summary>Cosine between centroids from which a voice about to be named is taken for somebody named. -1 to 1.</summary>
    public double MergeThreshold { get; init; } = 0.6;

    /// <summary>Seconds of speech a window needs to become an exemplar. 0.3 to 4.</summary>
    public double MinimumExemplarSpeech { get; init; } = 1.0;

    /// <summary>Mean speech probability that a new speaker's speech needs. 0 to 1.</summary>
    public double MinimumNewSpeakerProbability { get; init; } = 0.91;

    internal void Check(OptionCheck check)
    {
        check.Between("Speakers:Maximum", Maximum, 1, 200);
        check.Between("Speakers:MaximumExemplars", MaximumExemplars, 1, 200);
        check.Between("Speakers:NearestExemplars", NearestExemplars, 1, 50);
        check.Between("Speakers:CentroidWeight", CentroidWeight, 0, 1);
        check.Between("Speakers:CentringShrinkage", CentringShrinkage, 0, NoCentring);
        check.Between("Speakers:NewSpeakerThreshold", NewSpeakerThreshold, -1, 1);
        check.Between("Speakers:ConfidenceMidpoint", ConfidenceMidpoint, -1, 1);
        check.Between("Speakers:ConfidenceSlope", ConfidenceSlope, 0.1, 100);
        check.Between("Speakers:CurrentSpeakerBonus", CurrentSpeakerBonus, 0, 0.5);
        check.Between("Speakers:MinimumNewSpeakerSpeech", MinimumNewSpeakerSpeech, 0.3, 10);
        check.Between("Speakers:ClearlyNewScore", ClearlyNewScore, -1, 1);
        check.Between("Speakers:MinimumClearlyNewSpeech", MinimumClearlyNewSpeech, 0.3, 10);
        check.Between("Speakers:MergeThreshold", MergeThreshold, -1, 1);
        check.Between("Speakers:MinimumExemplarSpeech", MinimumExemplarSpeech, 0.3, 4);
        check.Between("Speakers:MinimumNewSpeakerProbability", MinimumNewSpeakerProbability, 0, 1);
    }
}
