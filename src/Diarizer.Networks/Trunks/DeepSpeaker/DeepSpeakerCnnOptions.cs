namespace Diarizer.Networks.Trunks.DeepSpeaker;

/// <summary>Shape of Deep Speaker's ResCNN. The defaults are the 24 M parameters of Li et al. 2017.</summary>
public record DeepSpeakerCnnOptions
{
    /// <summary>Mel bands of the input; 16 to 512.</summary>
    public int InputBins { get; init; } = 64;

    /// <summary>Channels of each stage; one to six numbers of 8 to 1,024. Every stage halves frequency and time.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [64, 128, 256, 512];

    /// <summary>Residual blocks of each stage; 0 to 16.</summary>
    public int Blocks { get; init; } = 3;

    /// <summary>Blocks of 1x1, 3x3, 1x1 convolutions instead of two 3x3.</summary>
    public bool Bottleneck { get; init; }

    /// <summary>Length of the embedding; 8 to 4,096.</summary>
    public int OutputSize { get; init; } = 512;

    /// <summary>Embeddings have length 1, as published.</summary>
    public bool UnitLength { get; init; } = true;

    /// <summary>Rows of frequency that the stages leave.</summary>
    internal int FrequencyRows => Channels.Aggregate(InputBins, (rows, _) => (rows + 1) / 2);

    /// <summary>Checks every value against its bounds.</summary>
    /// <param name="network">The network's name in model cards.</param>
    /// <exception cref="UserErrorException">A value is out of its bounds.</exception>
    internal void Validate(string network)
    {
        var bounds = new OptionBounds(network);
        bounds.Between(InputBins, 16, 512, nameof(InputBins));
        bounds.Each(Channels, (1, 6), (8, 1_024), nameof(Channels));
        bounds.Between(Blocks, 0, 16, nameof(Blocks));
        bounds.Between(OutputSize, 8, 4_096, nameof(OutputSize));
    }
}
