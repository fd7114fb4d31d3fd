namespace Diarizer.Networks.Trunks.TimeDelay;

/// <summary>Shape of a TDNN. The defaults are the x-vector network of Snyder et al. 2018 as Yang et al. train it on a 161-bin spectrogram.</summary>
public record TdnnOptions
{
    /// <summary>Frequency bins or mel bands of the input; 8 to 512.</summary>
    public int InputBins { get; init; } = 161;

    /// <summary>Channels of the five frame layers; 8 to 4,096 each.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [512, 512, 512, 512, 1_500];

    /// <summary>Units of the first layer after the pooling; 8 to 4,096.</summary>
    public int SegmentSize { get; init; } = 512;

    /// <summary>Length of the embedding, the second layer after the pooling; 8 to 4,096.</summary>
    public int OutputSize { get; init; } = 256;

    /// <summary>Checks every value against its bounds.</summary>
    /// <param name="network">The network's name in model cards.</param>
    /// <exception cref="UserErrorException">A value is out of its bounds.</exception>
    internal void Validate(string network)
    {
        var bounds = new OptionBounds(network);
        bounds.Between(InputBins, 8, 512, nameof(InputBins));
        bounds.Each(Channels, (5, 5), (8, 4_096), nameof(Channels));
        bounds.Between(SegmentSize, 8, 4_096, nameof(SegmentSize));
        bounds.Between(OutputSize, 8, 4_096, nameof(OutputSize));
    }
}
