using static TorchSharp.torch;

namespace Diarizer.Training.Saliency;

/// <summary>Tells which bins of time and frequency a network's decision rests on.</summary>
internal interface ISaliencyMethod
{
    /// <summary>Its name on the command line and in results.</summary>
    string Name { get; }

    /// <summary>True for methods that tell evidence against the speaker, by negative values, from evidence for it.</summary>
    bool Signed { get; }

    /// <summary>One value for each bin, the larger the more it speaks for the example's target: [B, bins, T].</summary>
    Tensor Explain(SpeakerScores scores, SaliencyBatch batch);
}
