namespace Diarizer.Networks.Segmentation;

/// <summary>Shape of the segmentation network.</summary>
public sealed record SegmentationNetworkOptions
{
    /// <summary>Mel bands of the input; 8 to 256.</summary>
    public int MelBins { get; init; } = 40;

    /// <summary>Local speakers; 1 to 4.</summary>
    public int Speakers { get; init; } = 3;

    /// <summary>The most of them at once; 1 to <see cref="Speakers"/>.</summary>
    public int Simultaneous { get; init; } = 2;

    /// <summary>Channels of the three convolutions; 8 to 512 each.</summary>
    public int[] Channels { get; init; } = [64, 96, 128];

    /// <summary>Units of each direction of a recurrent layer; 8 to 512.</summary>
    public int HiddenSize { get; init; } = 128;

    /// <summary>Recurrent layers; 1 to 6.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>Units of the dense layer before the output; 8 to 512.</summary>
    public int Dense { get; init; } = 128;

    /// <summary>Share of values dropped between layers while training; 0 to 0.9.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Returns these options when every value is within its bounds.</summary>
    /// <exception cref="UserErrorException">A value is not.</exception>
    public SegmentationNetworkOptions Validated()
    {
        Require(MelBins is >= 8 and <= 256, nameof(MelBins), MelBins, "8 to 256");
        Require(Speakers is >= 1 and <= 4, nameof(Speakers), Speakers, "1 to 4");
        Require(Simultaneous >= 1 && Simultaneous <= Speakers, nameof(Simultaneous), Simultaneous, $"1 to {Speakers}");
        Require(Channels is { Length: 3 } && Channels.All(c => c is >= 8 and <= 512), nameof(Channels), Channels is null ? "null" : $"[{string.Join(", ", Channels)}]", "three numbers of 8 to 512");
        Require(HiddenSize is >= 8 and <= 512, nameof(HiddenSize), HiddenSize, "8 to 512");
        Require(Layers is >= 1 and <= 6, nameof(Layers), Layers, "1 to 6");
        Require(Dense is >= 8 and <= 512, nameof(Dense), Dense, "8 to 512");
        Require(Dropout is >= 0 and <= 0.9, nameof(Dropout), Dropout, "0 to 0.9");
        return this;
    }

    private static void Require(bool holds, string name, object value, string allowed)
    {
        if (!holds)
            throw new UserErrorException(FormattableString.Invariant($"The {SegmentationNetwork.NetworkName} option {name} is {value}; it must be {allowed}."));
    }
}
