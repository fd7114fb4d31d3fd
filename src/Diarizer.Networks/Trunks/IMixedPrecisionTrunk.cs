using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks;

/// <summary>A trunk whose convolutions can compute in 16 bits.</summary>
public interface IMixedPrecisionTrunk : ISpeakerTrunk
{
    /// <summary>
    /// Number type in which the convolutions compute. Parameters, statistics, pooling and the last layer stay 32-bit; with
    /// <see cref="ScalarType.BFloat16"/> training takes some 40 % less time on processors that have it.
    /// </summary>
    ScalarType TrunkType { get; set; }
}
