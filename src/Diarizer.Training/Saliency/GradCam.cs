using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Saliency;

/// <summary>
/// Grad-CAM (Selvaraju et al. 2017, equations 1 and 2): the channels of a convolution block, weighted by their mean gradients, added up; only what speaks
/// for the target is kept. Brought bilinearly to the input's size, so that it is as coarse as the block.
/// </summary>
/// <param name="layer">The block.</param>
internal sealed class GradCam(ConvolutionLayer layer) : ISaliencyMethod
{
    public string Name => SaliencyMethods.GradCam;

    public bool Signed => false;

    public Tensor Explain(SpeakerScores scores, SaliencyBatch batch)
    {
        using var scope = NewDisposeScope();
        using var recorded = enable_grad();
        Tensor? channels = null;
        // Out of the scopes of the network's own forward, which would dispose it before its gradient is known.
        var hook = layer.Block.register_forward_hook((_, _, output) => channels = output.DetachFromDisposeScope());
        try
        {
            var score = scores.OfTargets(batch.Features.detach().requires_grad_(), batch.Targets).sum();
            var gradients = autograd.grad([score], [channels!])[0];
            var map = (gradients.mean([2L, 3L], keepdim: true) * channels!).sum(1, keepdim: true).relu().detach();
            if (layer.TimeFirst)
                map = map.transpose(2, 3).contiguous();
            var size = batch.Features.shape[1..];
            return nn.functional.interpolate(map, size, mode: InterpolationMode.Bilinear, align_corners: false).squeeze(1).MoveToOuterDisposeScope();
        }
        finally
        {
            hook.remove();
            channels?.Dispose();
        }
    }
}
