using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Training.Losses;

/// <summary>A softmax over w·cos + b with w and b learned; w stays positive.</summary>
internal abstract class ScaledCosineLoss : SpeakerLoss
{
    // Not private: registration looks at the fields that the loss itself can see.
    private protected readonly Parameter w;
    private protected readonly Parameter b;

    protected ScaledCosineLoss(string name, double scale, double offset)
        : base(name)
    {
        w = new Parameter(tensor((float)scale));
        b = new Parameter(tensor((float)offset));
        RegisterComponents();
    }

    /// <summary>The logits of cosines of any shape.</summary>
    protected Tensor Logits(Tensor cosine) => cosine * w.clamp_min(1e-6) + b;
}
