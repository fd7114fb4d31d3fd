using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks.TimeDelay;

/// <summary>Affine map of spliced frames, ReLU, batch normalisation, without padding: [B, I, T] to [B, O, T - (context - 1)·dilation].</summary>
internal sealed class TimeDelayLayer : nn.Module<Tensor, Tensor>
{
    private readonly Conv1d kernel;
    private readonly BatchNorm1d bn;

    public TimeDelayLayer(int inputs, int outputs, int context, int dilation)
        : base(nameof(TimeDelayLayer))
    {
        kernel = nn.Conv1d(inputs, outputs, context, dilation: dilation);
        bn = nn.BatchNorm1d(outputs);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return bn.call(kernel.call(input).relu()).MoveToOuterDisposeScope();
    }
}
