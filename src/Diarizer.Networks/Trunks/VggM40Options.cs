using System.Text.Json.Serialization;

namespace Diarizer.Networks.Trunks;

/// <summary>Shape of a VGG-M-40. The defaults are the 4.0 M parameters of Chung et al. 2020.</summary>
public sealed record VggM40Options
{
    /// <summary>Mel bands or frequency bins of the input; 16 to 512. The last convolution spans what is left of them.</summary>
    public int InputBins { get; init; } = 40;

    /// <summary>How frames become one vector.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<PoolingKind>))]
    public PoolingKind Pooling { get; init; } = PoolingKind.TemporalAverage;

    /// <summary>Length of the embedding; 8 to 4,096.</summary>
    public int OutputSize { get; init; } = 1_024;

    /// <summary>Returns these options when every value is within its bounds.</summary>
    /// <exception cref="UserErrorException">A value is not.</exception>
    public VggM40Options Validated()
    {
        var bounds = new OptionBounds(VggM40.NetworkName);
        bounds.Between(InputBins, 16, 512, nameof(InputBins));
        bounds.Named(Pooling, nameof(Pooling));
        bounds.Between(OutputSize, 8, 4_096, nameof(OutputSize));
        return this;
    }

    /// <summary>Rows of frequency that the second convolution and the last two poolings leave: 4 of 40.</summary>
    internal int FrequencyRows => (((InputBins - 1) / 2 - 1) / 2 - 1) / 2;
}
