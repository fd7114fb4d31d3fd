namespace Diarizer.Networks.Trunks.FrequencyTime;

/// <summary>Shape of a ResCNN with attention. The defaults are ResCNN-64 of Yang et al. on a 161-bin spectrogram.</summary>
public sealed record ResCnnOptions
{
    /// <summary>Frequency bins or mel bands of the input; 16 to 512.</summary>
    public int InputBins { get; init; } = 161;

    /// <summary>Channels of the first stage, doubled in the second and again in the third: 64, 32 or 16 as published; 8 to 256.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Blocks of each stage; 1 to 16.</summary>
    public int Blocks { get; init; } = 1;

    /// <summary>Part that is dropped before the average pooling in training; 0 to 0.9. Published are 0.25 for width 64 and 0.125 for less, the default.</summary>
    public double? Dropout { get; init; }

    /// <summary>Bands of frequency that the average pooling keeps apart; 1 to 16.</summary>
    public int PooledRows { get; init; } = 4;

    /// <summary>Length of the embedding; 8 to 4,096.</summary>
    public int OutputSize { get; init; } = 256;

    /// <summary>The dropout that is used.</summary>
    internal double DropoutOrDefault => Dropout ?? (Width >= 64 ? 0.25 : 0.125);

    /// <summary>Returns these options when every value is within its bounds.</summary>
    /// <exception cref="UserErrorException">A value is not.</exception>
    public ResCnnOptions Validated()
    {
        var bounds = new OptionBounds(ResCnn.NetworkName);
        bounds.Between(InputBins, 16, 512, nameof(InputBins));
        bounds.Between(Width, 8, 256, nameof(Width));
        bounds.Between(Blocks, 1, 16, nameof(Blocks));
        bounds.Require(Dropout is null or (>= 0 and <= 0.9), nameof(Dropout), Dropout, "0 to 0.9");
        bounds.Between(PooledRows, 1, 16, nameof(PooledRows));
        bounds.Between(OutputSize, 8, 4_096, nameof(OutputSize));
        return this;
    }
}
