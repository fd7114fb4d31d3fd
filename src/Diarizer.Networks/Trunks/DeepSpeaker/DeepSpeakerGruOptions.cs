namespace Diarizer.Networks.Trunks.DeepSpeaker;

/// <summary>Shape of Deep Speaker's recurrent network. The defaults are the 23 M parameters of Li et al. 2017.</summary>
public sealed record DeepSpeakerGruOptions
{
    /// <summary>Mel bands of the input; 16 to 512.</summary>
    public int InputBins { get; init; } = 64;

    /// <summary>Channels of the convolution; 8 to 256.</summary>
    public int Channels { get; init; } = 64;

    /// <summary>Units of each recurrent layer; 16 to 2,048.</summary>
    public int HiddenSize { get; init; } = 1_024;

    /// <summary>Recurrent layers; 1 to 5.</summary>
    public int Layers { get; init; } = 3;

    /// <summary>
    /// Normalises each recurrent layer's input over batch and time, as Deep Speech 2 does (Amodei et al. 2016, section 3.2), so that every layer starts
    /// with inputs of one size however many channels are summed.
    /// </summary>
    public bool Normalise { get; init; } = true;

    /// <summary>Length of the embedding; 8 to 4,096.</summary>
    public int OutputSize { get; init; } = 512;

    /// <summary>Embeddings have length 1, as published.</summary>
    public bool UnitLength { get; init; } = true;

    /// <summary>Returns these options when every value is within its bounds.</summary>
    /// <exception cref="UserErrorException">A value is not.</exception>
    public DeepSpeakerGruOptions Validated()
    {
        var bounds = new OptionBounds(DeepSpeakerGru.NetworkName);
        bounds.Between(InputBins, 16, 512, nameof(InputBins));
        bounds.Between(Channels, 8, 256, nameof(Channels));
        bounds.Between(HiddenSize, 16, 2_048, nameof(HiddenSize));
        bounds.Between(Layers, 1, 5, nameof(Layers));
        bounds.Between(OutputSize, 8, 4_096, nameof(OutputSize));
        return this;
    }
}
