using System.Text.Json.Serialization;

namespace Diarizer.Networks.Trunks.TimeDelay;

/// <summary>Shape of an ECAPA-TDNN. The defaults are the 14.7 M parameters of Desplanques et al. 2020; with 512 channels it has 6.2 M.</summary>
public sealed record EcapaTdnnOptions
{
    /// <summary>Mel bands or frequency bins of the input; 8 to 512.</summary>
    public int InputBins { get; init; } = 80;

    /// <summary>Channels of the frame layers, a multiple of <see cref="Scale"/>; 16 to 4,096.</summary>
    public int Channels { get; init; } = 1_024;

    /// <summary>Groups of channels in a block; 2 to 16.</summary>
    public int Scale { get; init; } = 8;

    /// <summary>Units of a channel gate's hidden layer; 8 to 1,024.</summary>
    public int GateSize { get; init; } = 128;

    /// <summary>Channels of the layer before the pooling; 16 to 8,192.</summary>
    public int PooledChannels { get; init; } = 1_536;

    /// <summary>Units of the attention's hidden layer; 8 to 2,048. The public implementation by Tao Ruijie has 256.</summary>
    public int AttentionSize { get; init; } = 128;

    /// <summary>The implementation whose weights it can take.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<EcapaVariant>))]
    public EcapaVariant Variant { get; init; }

    /// <summary>The attention also sees mean and deviation of the whole utterance.</summary>
    public bool GlobalContext { get; init; } = true;

    /// <summary>A batch normalisation ends the network.</summary>
    public bool NormaliseOutput { get; init; } = true;

    /// <summary>Length of the embedding; 8 to 4,096.</summary>
    public int OutputSize { get; init; } = 192;

    /// <summary>Returns these options when every value is within its bounds.</summary>
    /// <exception cref="UserErrorException">A value is not.</exception>
    public EcapaTdnnOptions Validated()
    {
        var bounds = new OptionBounds(EcapaTdnn.NetworkName);
        bounds.Between(InputBins, 8, 512, nameof(InputBins));
        bounds.Between(Scale, 2, 16, nameof(Scale));
        bounds.Require(Channels is >= 16 and <= 4_096 && Channels % Scale == 0, nameof(Channels), Channels, $"16 to 4,096 and a multiple of {Scale}");
        bounds.Between(GateSize, 8, 1_024, nameof(GateSize));
        bounds.Between(PooledChannels, 16, 8_192, nameof(PooledChannels));
        bounds.Between(AttentionSize, 8, 2_048, nameof(AttentionSize));
        bounds.Named(Variant, nameof(Variant));
        bounds.Between(OutputSize, 8, 4_096, nameof(OutputSize));
        return this;
    }
}
