using Diarizer.Training.Augmentation;
using Diarizer.Training.Configuration;

namespace Diarizer.Training.Conversations;

/// <summary>Simulated conversations: who talks when, and what of it reaches the microphone.</summary>
internal sealed record ConversationOptions : IValidated
{
    /// <summary>Fewest and most people of a conversation; 1 to 8.</summary>
    public double[] Speakers { get; init; } = [2, 6];

    public TurnTakingOptions Turns { get; init; } = new();

    /// <summary>Probability that all people are drawn from one corpus, so that the recording does not give the voice away; 0 to 1.</summary>
    public double OneCorpus { get; init; } = 0.7;

    /// <summary>Playing speeds of voices, multiples of 0.1 from 0.5 to 2: each makes another speaker.</summary>
    public double[] Speeds { get; init; } = [0.9, 1, 1.1];

    /// <summary>Standard deviation of the people's levels in dB; 0 to 20.</summary>
    public double LevelSpread { get; init; } = 4;

    /// <summary>Pauses inside an utterance up to this many seconds are labelled speech; 0 to 2.</summary>
    public double FilledPause { get; init; } = 0.4;

    /// <summary>Probability that nobody speaks; 0 to 1.</summary>
    public double Nobody { get; init; } = 0.03;

    /// <summary>One room for all, in which everybody sits elsewhere.</summary>
    public RoomOptions Room { get; init; } = new() { Probability = 0.6 };

    /// <summary>The strongest difference of a seat from the recorded one: the direct sound's level in dB; 0 to 30.</summary>
    public double SeatSpread { get; init; } = 8;

    /// <summary>Everybody's own microphone, when there are several.</summary>
    public TiltOptions Microphone { get; init; } = new() { Probability = 0.3, Decibels = [-6, 6] };

    public TiltOptions Tilt { get; init; } = new() { Probability = 0.4 };

    public NoiseOptions Noise { get; init; } = new() { Probability = 0.6, Snr = [0, 30] };

    public ShapedNoiseOptions ShapedNoise { get; init; } = new() { Probability = 0.5, Snr = [0, 30] };

    public BabbleOptions Babble { get; init; } = new() { Probability = 0.08, Snr = [15, 30] };

    public TelephoneOptions Telephone { get; init; } = new() { Probability = 0.25 };

    public GainOptions Gain { get; init; } = new() { Decibels = [-30, 6] };

    public void Validate(OptionCheck check)
    {
        check.Range("speakers", Speakers, 1, 8);
        Turns.Validate(check.In("turns"));
        check.Between("oneCorpus", OneCorpus, 0, 1);
        bool tenths = Speeds is { Length: > 0 } && Speeds.All(s => s is >= 0.5 and <= 2 && Math.Abs(s * 10 - Math.Round(s * 10)) < 1e-6);
        check.Require(tenths, "speeds", Speeds is null ? "null" : $"[{string.Join(", ", Speeds)}]", "multiples of 0.1 from 0.5 to 2");
        check.Between("levelSpread", LevelSpread, 0, 20);
        check.Between("filledPause", FilledPause, 0, 2);
        check.Between("nobody", Nobody, 0, 1);
        Room.Validate(check.In("room"));
        check.Between("seatSpread", SeatSpread, 0, 30);
        Microphone.Validate(check.In("microphone"));
        Tilt.Validate(check.In("tilt"));
        Noise.Validate(check.In("noise"));
        ShapedNoise.Validate(check.In("shapedNoise"));
        Babble.Validate(check.In("babble"));
        Telephone.Validate(check.In("telephone"));
        Gain.Validate(check.In("gain"));
    }
}
