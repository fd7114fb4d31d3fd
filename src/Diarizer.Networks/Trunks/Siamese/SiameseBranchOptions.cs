using System.Text.Json.Serialization;

namespace Diarizer.Networks.Trunks.Siamese;

/// <summary>Shape of one branch of the siamese BLSTM.</summary>
public sealed record SiameseBranchOptions
{
    /// <summary>Mel bands of the input; 8 to 512.</summary>
    public int InputBins { get; init; } = 128;

    /// <summary>Units of each recurrent layer in each direction; 8 to 1,024.</summary>
    public int HiddenSize { get; init; } = 256;

    /// <summary>Part of the first recurrent layer's output that is dropped in training; 0 to 0.9.</summary>
    public double RecurrentDropout { get; init; } = 0.5;

    /// <summary>Units of the dense layers; one to eight numbers of 8 to 8,192. The last is the length of the distribution.</summary>
    public IReadOnlyList<int> Dense { get; init; } = [1_024, 512, 256, 128];

    /// <summary>Part of the first dense layer's output that is dropped in training; 0 to 0.9.</summary>
    public double DenseDropout { get; init; } = 0.25;

    /// <summary>
    /// The last dense layer ends in a softmax, without which the Kullback-Leibler divergence of two outputs has no meaning. Without it, the layer
    /// ends in a PReLU like the others.
    /// </summary>
    public bool Softmax { get; init; } = true;

    /// <summary>
    /// Shifts and scales each segment to mean 0 and deviation 1 over all its values; raw logarithms are far from 0 and saturate the gates.
    /// </summary>
    public bool NormaliseInput { get; init; } = true;

    /// <summary>Frames of a segment, when an embedding is to be the mean over an utterance's segments; 0 for one segment of any length; to 1,000.</summary>
    public int SegmentFrames { get; init; }

    /// <summary>The layer that is taken as the embedding.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<SiameseLayer>))]
    public SiameseLayer Embedding { get; init; } = SiameseLayer.Recurrent;

    /// <summary>Returns these options when every value is within its bounds.</summary>
    /// <exception cref="UserErrorException">A value is not.</exception>
    public SiameseBranchOptions Validated()
    {
        var bounds = new OptionBounds(SiameseBranch.NetworkName);
        bounds.Between(InputBins, 8, 512, nameof(InputBins));
        bounds.Between(HiddenSize, 8, 1_024, nameof(HiddenSize));
        bounds.Require(RecurrentDropout is >= 0 and <= 0.9, nameof(RecurrentDropout), RecurrentDropout, "0 to 0.9");
        bounds.Each(Dense, (1, 8), (8, 8_192), nameof(Dense));
        bounds.Require(DenseDropout is >= 0 and <= 0.9, nameof(DenseDropout), DenseDropout, "0 to 0.9");
        bounds.Require(SegmentFrames is 0 or >= 2 and <= 1_000, nameof(SegmentFrames), SegmentFrames, "0, or 2 to 1,000");
        bounds.Named(Embedding, nameof(Embedding));
        return this;
    }
}
