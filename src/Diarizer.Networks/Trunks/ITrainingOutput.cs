using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks;

/// <summary>A trunk that is trained by another layer than the one that embeds.</summary>
public interface ITrainingOutput : ISpeakerTrunk
{
    /// <summary>Length of a row of <see cref="TrainingOutput"/>.</summary>
    int TrainingOutputSize { get; }

    /// <summary>What the loss sees.</summary>
    /// <param name="input">Features [B, <see cref="ISpeakerTrunk.InputBins"/>, T].</param>
    /// <returns>[B, <see cref="TrainingOutputSize"/>].</returns>
    Tensor TrainingOutput(Tensor input);
}
