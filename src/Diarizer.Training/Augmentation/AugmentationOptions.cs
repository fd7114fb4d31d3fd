using Diarizer.Audio.Files;
using Diarizer.Training.Configuration;

namespace Diarizer.Training.Augmentation;

/// <summary>What is done to crops, each with its own probability; a probability of 0 turns a kind off.</summary>
internal sealed record AugmentationOptions : IValidated
{
    /// <summary>Recordings as they are.</summary>
    public static AugmentationOptions None { get; } = new()
    {
        Room = new() { Probability = 0 },
        Babble = new() { Probability = 0 },
        Noise = new() { Probability = 0 },
        Tilt = new() { Probability = 0 },
        Telephone = new() { Probability = 0 },
        Degradation = new() { Probability = 0 },
        Gain = new() { Probability = 0 },
    };

    public RoomOptions Room { get; init; } = new();

    public BabbleOptions Babble { get; init; } = new();

    public NoiseOptions Noise { get; init; } = new();

    public ShapedNoiseOptions ShapedNoise { get; init; } = new();

    public TiltOptions Tilt { get; init; } = new();

    public TelephoneOptions Telephone { get; init; } = new();

    public CodecOptions Codec { get; init; } = new();

    public DegradationOptions Degradation { get; init; } = new();

    public GainOptions Gain { get; init; } = new();

    public void Validate(OptionCheck check)
    {
        Room.Validate(check.In("room"));
        Babble.Validate(check.In("babble"));
        Noise.Validate(check.In("noise"));
        ShapedNoise.Validate(check.In("shapedNoise"));
        Tilt.Validate(check.In("tilt"));
        Telephone.Validate(check.In("telephone"));
        Codec.Validate(check.In("codec"));
        Degradation.Validate(check.In("degradation"));
        Gain.Validate(check.In("gain"));
    }
}

/// <summary>Room impulse responses.</summary>
internal sealed record RoomOptions
{
    public double Probability { get; init; } = 0.4;

    /// <summary>Seconds kept of a response; 0.05 to 2.</summary>
    public double Seconds { get; init; } = 0.5;

    public void Validate(OptionCheck check)
    {
        check.Between("probability", Probability, 0, 1);
        check.Between("seconds", Seconds, 0.05, 2);
    }
}

/// <summary>Other speakers talking at once.</summary>
internal sealed record BabbleOptions
{
    public double Probability { get; init; } = 0.2;

    /// <summary>Fewest and most voices; 1 to 20.</summary>
    public double[] Speakers { get; init; } = [3, 7];

    /// <summary>Signal-to-babble ratio in dB; -10 to 60.</summary>
    public double[] Snr { get; init; } = [10, 20];

    public void Validate(OptionCheck check)
    {
        check.Between("probability", Probability, 0, 1);
        check.Range("speakers", Speakers, 1, 20);
        check.Range("snr", Snr, -10, 60);
    }
}

/// <summary>Recorded noise and music.</summary>
internal sealed record NoiseOptions
{
    public double Probability { get; init; } = 0.5;

    /// <summary>Signal-to-noise ratio in dB; -20 to 60.</summary>
    public double[] Snr { get; init; } = [0, 25];

    public void Validate(OptionCheck check)
    {
        check.Between("probability", Probability, 0, 1);
        check.Range("snr", Snr, -20, 60);
    }
}

/// <summary>A shelf filter.</summary>
internal sealed record TiltOptions
{
    public double Probability { get; init; } = 0.3;

    /// <summary>Gain of the upper shelf in dB; -24 to 24.</summary>
    public double[] Decibels { get; init; } = [-9, 9];

    public void Validate(OptionCheck check)
    {
        check.Between("probability", Probability, 0, 1);
        check.Range("decibels", Decibels, -24, 24);
    }
}

/// <summary>A telephone line.</summary>
internal sealed record TelephoneOptions
{
    public double Probability { get; init; } = 0.25;

    /// <summary>Lower edge of the band in hertz; 20 to 1000.</summary>
    public double[] LowestHertz { get; init; } = [200, 400];

    /// <summary>Upper edge of the band in hertz; 1500 to 3900.</summary>
    public double[] HighestHertz { get; init; } = [3_000, 3_800];

    public void Validate(OptionCheck check)
    {
        check.Between("probability", Probability, 0, 1);
        check.Range("lowestHertz", LowestHertz, 20, 1_000);
        check.Range("highestHertz", HighestHertz, 1_500, 3_900);
    }
}

/// <summary>Coding at a low rate.</summary>
internal sealed record CodecOptions
{
    public double Probability { get; init; }

    /// <summary>Those of which one is drawn.</summary>
    public LossyCodec[] Kinds { get; init; } = [LossyCodec.Gsm, LossyCodec.G721, LossyCodec.G723, LossyCodec.ImaAdpcm, LossyCodec.Opus];

    public void Validate(OptionCheck check)
    {
        check.Between("probability", Probability, 0, 1);
        check.Require(Kinds.Length > 0, "kinds", "none", "at least one codec; a probability of 0 turns them off");
    }
}

/// <summary>Clipping or coarse steps.</summary>
internal sealed record DegradationOptions
{
    public double Probability { get; init; } = 0.1;

    /// <summary>Share of the peak at which it clips; 0.05 to 1.</summary>
    public double[] ClipAt { get; init; } = [0.2, 0.8];

    /// <summary>Bits of the peak-to-peak range; 4 to 16.</summary>
    public double[] Bits { get; init; } = [7, 12];

    public void Validate(OptionCheck check)
    {
        check.Between("probability", Probability, 0, 1);
        check.Range("clipAt", ClipAt, 0.05, 1);
        check.Range("bits", Bits, 4, 16);
    }
}

/// <summary>The level.</summary>
internal sealed record GainOptions
{
    public double Probability { get; init; } = 1;

    /// <summary>Gain in dB; -60 to 30.</summary>
    public double[] Decibels { get; init; } = [-25, 6];

    public void Validate(OptionCheck check)
    {
        check.Between("probability", Probability, 0, 1);
        check.Range("decibels", Decibels, -60, 30);
    }
}

/// <summary>Synthetic noise through a random band with a wandering level.</summary>
internal sealed record ShapedNoiseOptions
{
    public double Probability { get; init; }

    /// <summary>Lowest and highest centre of the band; 20 to 7,000.</summary>
    public double[] Hertz { get; init; } = [60, 4_000];

    /// <summary>Standard deviation of the level over time in dB, from and to; 0 to 30.</summary>
    public double[] Spread { get; init; } = [2, 14];

    /// <summary>Signal-to-noise ratio in dB; -20 to 60.</summary>
    public double[] Snr { get; init; } = [-5, 25];

    public void Validate(OptionCheck check)
    {
        check.Between("probability", Probability, 0, 1);
        check.Range("hertz", Hertz, 20, 7_000);
        check.Range("spread", Spread, 0, 30);
        check.Range("snr", Snr, -20, 60);
    }
}
