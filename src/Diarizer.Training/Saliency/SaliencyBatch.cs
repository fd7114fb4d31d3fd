using static TorchSharp.torch;

namespace Diarizer.Training.Saliency;

/// <summary>Examples to explain.</summary>
/// <param name="Features">[B, bins, T].</param>
/// <param name="Targets">The class of each, int64 [B].</param>
/// <param name="First">Number of the first one in its set: what is drawn for an example depends on that, not on the batch it comes in.</param>
internal sealed record SaliencyBatch(Tensor Features, Tensor Targets, long First);
