using Diarizer.Training.Augmentation;
using Diarizer.Training.Configuration;

namespace Diarizer.Training.VoiceActivity;

/// <summary>Simulated scenes: a few people with pauses in noise, or nobody.</summary>
internal sealed record MixtureOptions : IValidated
{
    /// <summary>Seconds of a mixture; 1 to 60.</summary>
    public double Seconds { get; init; } = 8;

    /// <summary>Fewest and most people in a mixture; 1 to 8.</summary>
    public double[] Speakers { get; init; } = [1, 3];

    /// <summary>Seconds from the end of an utterance to the next; 0 to 30.</summary>
    public double[] Pause { get; init; } = [0, 3];

    /// <summary>Probability that an utterance begins before the last one has ended; 0 to 1.</summary>
    public double Overlap { get; init; } = 0.15;

    /// <summary>Longest stretch of one utterance in seconds; 0.5 to 60.</summary>
    public double LongestUtterance { get; init; } = 5;

    /// <summary>Pauses inside an utterance up to this many seconds are labelled speech; 0 to 2.</summary>
    public double FilledPause { get; init; } = 0.25;

    /// <summary>Differences of level between people in dB, to either side; 0 to 30.</summary>
    public double LevelSpread { get; init; } = 8;

    /// <summary>Probability that nobody speaks; 0 to 1.</summary>
    public double Nobody { get; init; } = 0.1;

    public RoomOptions Room { get; init; } = new() { Probability = 0.5 };

    public NoiseOptions Noise { get; init; } = new() { Probability = 0.85, Snr = [-3, 30] };

    public ShapedNoiseOptions ShapedNoise { get; init; } = new();

    public BabbleOptions Babble { get; init; } = new() { Probability = 0.1, Snr = [15, 30] };

    public TelephoneOptions Telephone { get; init; } = new() { Probability = 0.3 };

    public GainOptions Gain { get; init; } = new() { Decibels = [-30, 6] };

    public void Validate(OptionCheck check)
    {
        check.Between("seconds", Seconds, 1, 60);
        check.Range("speakers", Speakers, 1, 8);
        check.Range("pause", Pause, 0, 30);
        check.Between("overlap", Overlap, 0, 1);
        check.Between("longestUtterance", LongestUtterance, 0.5, 60);
        check.Between("filledPause", FilledPause, 0, 2);
        check.Between("levelSpread", LevelSpread, 0, 30);
        check.Between("nobody", Nobody, 0, 1);
        Room.Validate(check.In("room"));
        Noise.Validate(check.In("noise"));
        ShapedNoise.Validate(check.In("shapedNoise"));
        Babble.Validate(check.In("babble"));
        Telephone.Validate(check.In("telephone"));
        Gain.Validate(check.In("gain"));
    }
}
