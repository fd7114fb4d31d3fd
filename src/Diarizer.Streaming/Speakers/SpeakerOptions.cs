namespace Diarizer.Streaming.Speakers;

/// <summary>How speakers are made, recognised and remembered. Scores are log-likelihood ratios; see <see cref="SessionCentre.Score"/>.</summary>
public sealed record SpeakerOptions
{
    /// <summary>Most speakers held at once; beyond it the least established one is forgotten. 1 to 200.</summary>
    public int Maximum { get; init; } = 24;

    /// <summary>Most exemplars (window embeddings) held of a speaker. 1 to 200.</summary>
    public int MaximumExemplars { get; init; } = 58;

    /// <summary>
    /// Variance of voices, summed over the dimensions of an embedding of unit norm: how far apart speakers of one session lie. 0.01 to 10.
    /// </summary>
    public double VoiceVariance { get; init; } = 0.55;

    /// <summary>The same of channels: how far apart sessions lie. 0.001 to 10.</summary>
    public double ChannelVariance { get; init; } = 0.43;

    /// <summary>The same of what is no voice in the embedding of one second of speech; that of s seconds has the s-th part. 0.01 to 10.</summary>
    public double NoiseVariance { get; init; } = 0.71;

    /// <summary>Share of the exemplars' speech that counts as independent, since windows overlap. 0.01 to 1.</summary>
    public double IndependentShare { get; init; } = 0.45;

    /// <summary>Score below which a turn's mean embedding belongs to nobody known. -4 to 4.</summary>
    public double NewSpeakerThreshold { get; init; } = -0.1;

    /// <summary>Score at which the confidence is one half. -4 to 4.</summary>
    public double ConfidenceMidpoint { get; init; }

    /// <summary>Slope of the logistic that turns a score into a confidence. 0.1 to 100.</summary>
    public double ConfidenceSlope { get; init; } = 3;

    /// <summary>Added to the score of the speaker who was heard last. 0 to 2.</summary>
    public double CurrentSpeakerBonus { get; init; } = 0.05;

    /// <summary>Seconds of speech that make a new speaker. 0.3 to 10.</summary>
    public double MinimumNewSpeakerSpeech { get; init; } = 0.69;

    /// <summary>Score with everybody known up to which a voice is clearly new. -4 to 4.</summary>
    public double ClearlyNewScore { get; init; } = -1;

    /// <summary>Seconds of speech that make a new speaker of a voice that is clearly new; not above <see cref="MinimumNewSpeakerSpeech"/> in effect. 0.3 to 10.</summary>
    public double MinimumClearlyNewSpeech { get; init; } = 0.9;

    /// <summary>Score of its mean with somebody named from which a voice about to be named is taken for them. -4 to 4.</summary>
    public double MergeThreshold { get; init; } = -0.04;

    /// <summary>Most people known before the session begins. 1 to 500.</summary>
    public int MaximumEnrolled { get; init; } = 50;

    /// <summary>Seconds of speech a window needs to become an exemplar. 0.3 to 4.</summary>
    public double MinimumExemplarSpeech { get; init; } = 1.14;

    /// <summary>Mean speech probability that a new speaker's speech needs while little was heard. 0 to 1.</summary>
    public double MinimumNewSpeakerProbability { get; init; } = 0.96;

    /// <summary>Seconds of speech after which <see cref="EstablishedProbability"/> is enough; in between, what is needed falls steadily. 0.3 to 60.</summary>
    public double EstablishedSpeech { get; init; } = 8;

    /// <summary>Mean speech probability that a new speaker's speech needs when much was heard: in a noisy room all speech is a little doubtful. 0 to 1.</summary>
    public double EstablishedProbability { get; init; } = 0.9;

    /// <summary>True when that much speech, that certain, is somebody's.</summary>
    /// <param name="seconds">Of speech.</param>
    /// <param name="probability">Its mean speech probability.</param>
    public bool IsSomebody(double seconds, double probability)
    {
        double share = Math.Clamp((seconds - MinimumNewSpeakerSpeech) / Math.Max(1e-9, EstablishedSpeech - MinimumNewSpeakerSpeech), 0, 1);
        return probability >= MinimumNewSpeakerProbability + (share * Math.Min(0, EstablishedProbability - MinimumNewSpeakerProbability));
    }

    internal void Check(OptionCheck check)
    {
        check.Between("Speakers:Maximum", Maximum, 1, 200);
        check.Between("Speakers:MaximumExemplars", MaximumExemplars, 1, 200);
        check.Between("Speakers:VoiceVariance", VoiceVariance, 0.01, 10);
        check.Between("Speakers:ChannelVariance", ChannelVariance, 0.001, 10);
        check.Between("Speakers:NoiseVariance", NoiseVariance, 0.01, 10);
        check.Between("Speakers:IndependentShare", IndependentShare, 0.01, 1);
        check.Between("Speakers:NewSpeakerThreshold", NewSpeakerThreshold, -4, 4);
        check.Between("Speakers:ConfidenceMidpoint", ConfidenceMidpoint, -4, 4);
        check.Between("Speakers:ConfidenceSlope", ConfidenceSlope, 0.1, 100);
        check.Between("Speakers:CurrentSpeakerBonus", CurrentSpeakerBonus, 0, 2);
        check.Between("Speakers:MinimumNewSpeakerSpeech", MinimumNewSpeakerSpeech, 0.3, 10);
        check.Between("Speakers:ClearlyNewScore", ClearlyNewScore, -4, 4);
        check.Between("Speakers:MinimumClearlyNewSpeech", MinimumClearlyNewSpeech, 0.3, 10);
        check.Between("Speakers:MergeThreshold", MergeThreshold, -4, 4);
        check.Between("Speakers:MaximumEnrolled", MaximumEnrolled, 1, 500);
        check.Between("Speakers:MinimumExemplarSpeech", MinimumExemplarSpeech, 0.3, 4);
        check.Between("Speakers:MinimumNewSpeakerProbability", MinimumNewSpeakerProbability, 0, 1);
        check.Between("Speakers:EstablishedSpeech", EstablishedSpeech, 0.3, 60);
        check.Between("Speakers:EstablishedProbability", EstablishedProbability, 0, 1);
    }
}
