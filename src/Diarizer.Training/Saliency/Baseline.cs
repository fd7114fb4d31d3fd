using static TorchSharp.torch;

namespace Diarizer.Training.Saliency;

/// <summary>What stands for the absence of a bin's information.</summary>
internal enum Baseline
{
    /// <summary>
    /// The bin's mean over the utterance: all that is left is a steady spectrum, which the networks take off their input anyway. After that
    /// normalisation it is zero.
    /// </summary>
    Mean,

    /// <summary>Zero in the features themselves, as the public code of Yang et al. has it; of a logarithm, that is no special value.</summary>
    Zero,
}

/// <summary>Makes baselines.</summary>
internal static class Baselines
{
    /// <summary>A baseline of the shape of the features, [B, bins, T].</summary>
    public static Tensor Of(Tensor features, Baseline kind) =>
        kind == Baseline.Zero ? features.zeros_like() : features.mean([2L], keepdim: true).expand(features.shape);
}
