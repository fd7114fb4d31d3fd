namespace Diarizer.Networks.Trunks;

/// <summary>Shape of a ResNet-34 for speakers. The defaults are WeSpeaker's <c>ResNet34-TSTP-emb256</c>.</summary>
public sealed record ResNet34Options
{
    /// <summary>Mel bands of the input; 8 to 256.</summary>
    public int MelBins { get; init; } = 80;

    /// <summary>Channels of the four stages; 8 to 1,024 each.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [32, 64, 128, 256];

    /// <summary>Residual blocks of the four stages; 1 to 64 each. 2, 2, 2, 2 make a ResNet-18.</summary>
    public IReadOnlyList<int> Blocks { get; init; } = [3, 4, 6, 3];

    /// <summary>A second linear layer follows the first, after ReLU and normalisation; its output is then the embedding.</summary>
    public bool SecondLayer { get; init; }

    /// <summary>Length of the embedding; 8 to 4,096.</summary>
    public int OutputSize { get; init; } = 256;

    /// <summary>Returns these options when every value is within its bounds.</summary>
    /// <exception cref="UserErrorException">A value is not.</exception>
    public ResNet34Options Validated()
    {
        var bounds = new OptionBounds(ResNet34.NetworkName);
        bounds.Between(MelBins, 8, 256, nameof(MelBins));
        bounds.Each(Channels, (4, 4), (8, 1_024), nameof(Channels));
        bounds.Each(Blocks, (4, 4), (1, 64), nameof(Blocks));
        bounds.Between(OutputSize, 8, 4_096, nameof(OutputSize));
        return this;
    }

    /// <summary>Values of one frame after the trunk: each channel at each of the rows of frequency that three halvings leave.</summary>
    internal int FrameSize => Channels[3] * Enumerable.Range(0, 3).Aggregate(MelBins, (rows, _) => (rows + 1) / 2);
}
