using System.Text.Json.Serialization;

namespace Diarizer.Networks.Trunks;

/// <summary>Shape of a half ResNet-34. The defaults are those of the published model with attentive statistics ("H / ASP").</summary>
public sealed record HalfResNet34Options
{
    /// <summary>Mel bands of the input; 8 to 256.</summary>
    public int MelBins { get; init; } = 64;

    /// <summary>Channels of the four stages; 8 to 1,024 each.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [32, 64, 128, 256];

    /// <summary>Residual blocks of the four stages; 1 to 64 each.</summary>
    public IReadOnlyList<int> Blocks { get; init; } = [3, 4, 6, 3];

    /// <summary>Squeeze-and-excitation reduces a block's channels by this factor; 1 to 64.</summary>
    public int SqueezeReduction { get; init; } = 8;

    /// <summary>Units of the attention's hidden layer; 8 to 2,048.</summary>
    public int AttentionSize { get; init; } = 128;

    /// <summary>How frames become one vector: <see cref="PoolingKind.SelfAttentive"/> or <see cref="PoolingKind.AttentiveStatistics"/>.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<PoolingKind>))]
    public PoolingKind Pooling { get; init; } = PoolingKind.AttentiveStatistics;

    /// <summary>Length of the embedding; 8 to 4,096.</summary>
    public int OutputSize { get; init; } = 512;

    /// <summary>Returns these options when every value is within its bounds.</summary>
    /// <exception cref="UserErrorException">A value is not.</exception>
    public HalfResNet34Options Validated()
    {
        var bounds = new OptionBounds(HalfResNet34.NetworkName);
        bounds.Between(MelBins, 8, 256, nameof(MelBins));
        bounds.Each(Channels, (4, 4), (8, 1_024), nameof(Channels));
        bounds.Each(Blocks, (4, 4), (1, 64), nameof(Blocks));
        bounds.Require(SqueezeReduction is >= 1 and <= 64 && SqueezeReduction <= Channels.Min(), nameof(SqueezeReduction), SqueezeReduction, "1 to 64 and no more than the channels");
        bounds.Between(AttentionSize, 8, 2_048, nameof(AttentionSize));
        bounds.Require(Pooling is PoolingKind.SelfAttentive or PoolingKind.AttentiveStatistics, nameof(Pooling), Pooling, "SelfAttentive or AttentiveStatistics");
        bounds.Between(OutputSize, 8, 4_096, nameof(OutputSize));
        return this;
    }

    /// <summary>Values of one frame after the trunk: each channel at each of the rows of frequency that three halvings leave.</summary>
    internal int FrameSize => Channels[3] * Enumerable.Range(0, 3).Aggregate(MelBins, (rows, _) => (rows + 1) / 2);
}
