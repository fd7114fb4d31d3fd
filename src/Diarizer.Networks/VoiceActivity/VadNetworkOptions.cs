namespace Diarizer.Networks.VoiceActivity;

/// <summary>Shape of the voice activity network.</summary>
public sealed record VadNetworkOptions
{
    /// <summary>Mel bands of the input; 8 to 256.</summary>
    public int MelBins { get; init; } = 40;

    /// <summary>Channels of both convolutions; 8 to 512.</summary>
    public int Channels { get; init; } = 64;

    /// <summary>Frames that each convolution sees to either side; 0 to 4. Twice this is the look-ahead.</summary>
    public int Reach { get; init; } = 2;

    /// <summary>Units of each recurrent layer; 8 to 512.</summary>
    public int HiddenSize { get; init; } = 64;

    /// <summary>Recurrent layers; 1 to 4.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>Returns these options when every value is within its bounds.</summary>
    /// <exception cref="UserErrorException">A value is not.</exception>
    public VadNetworkOptions Validated()
    {
        Require(MelBins is >= 8 and <= 256, nameof(MelBins), MelBins, "8 to 256");
        Require(Channels is >= 8 and <= 512, nameof(Channels), Channels, "8 to 512");
        Require(Reach is >= 0 and <= 4, nameof(Reach), Reach, "0 to 4");
        Require(HiddenSize is >= 8 and <= 512, nameof(HiddenSize), HiddenSize, "8 to 512");
        Require(Layers is >= 1 and <= 4, nameof(Layers), Layers, "1 to 4");
        return this;
    }

    private static void Require(bool holds, string name, int value, string allowed)
    {
        if (!holds)
            throw new UserErrorException($"The {VadNetwork.NetworkName} option {name} is {value}; it must be {allowed}.");
    }
}
