using System.Text.Json.Serialization;

namespace Diarizer.Networks.Trunks;

/// <summary>Shape of a Thin ResNet-34. The defaults are the 1.4 M parameters of Chung et al. 2020 for a 257-bin spectrogram.</summary>
public sealed record ThinResNet34Options
{
    /// <summary>Frequency bins or mel bands of the input; 32 to 512.</summary>
    public int InputBins { get; init; } = 257;

    /// <summary>Channels of the four stages; 8 to 1,024 each.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [16, 32, 64, 128];

    /// <summary>Residual blocks of the four stages; 1 to 64 each.</summary>
    public IReadOnlyList<int> Blocks { get; init; } = [3, 4, 6, 3];

    /// <summary>Squeeze-and-excitation reduces a block's channels by this factor; 1 to 64.</summary>
    public int SqueezeReduction { get; init; } = 8;

    /// <summary>How frames become one vector.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<PoolingKind>))]
    public PoolingKind Pooling { get; init; } = PoolingKind.SelfAttentive;

    /// <summary>Length of the embedding; 8 to 4,096.</summary>
    public int OutputSize { get; init; } = 512;

    /// <summary>Returns these options when every value is within its bounds.</summary>
    /// <exception cref="UserErrorException">A value is not.</exception>
    public ThinResNet34Options Validated()
    {
        var bounds = new OptionBounds(ThinResNet34.NetworkName);
        bounds.Between(InputBins, 32, 512, nameof(InputBins));
        bounds.Each(Channels, (4, 4), (8, 1_024), nameof(Channels));
        bounds.Each(Blocks, (4, 4), (1, 64), nameof(Blocks));
        bounds.Require(SqueezeReduction is >= 1 and <= 64 && SqueezeReduction <= Channels.Min(), nameof(SqueezeReduction), SqueezeReduction, "1 to 64 and no more than the channels");
        bounds.Named(Pooling, nameof(Pooling));
        bounds.Between(OutputSize, 8, 4_096, nameof(OutputSize));
        return this;
    }
}
