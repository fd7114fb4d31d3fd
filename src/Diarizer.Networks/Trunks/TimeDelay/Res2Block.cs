using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks.TimeDelay;

/// <summary>
/// SE-Res2Block of ECAPA-TDNN on [B, C, T]: a dense layer, dilated convolutions over groups of channels of which each also sees the one before
/// (Gao et al. 2019), a dense layer, a channel gate, and the input added. ReLUs stand before normalisations, as in the published model.
/// </summary>
internal sealed class Res2Block : nn.Module<Tensor, Tensor>
{
    private const int Kernel = 3;

    private readonly Conv1d conv1;
    private readonly BatchNorm1d bn1;
    private readonly ModuleList<Conv1d> convs;
    private readonly ModuleList<BatchNorm1d> bns;
    private readonly Conv1d conv3;
    private readonly BatchNorm1d bn3;
    private readonly ChannelGate se;
    private readonly int _width;

    public Res2Block(int channels, int dilation, int scale, int bottleneck)
        : base(nameof(Res2Block))
    {
        _width = channels / scale;
        conv1 = nn.Conv1d(channels, _width * scale, 1);
        bn1 = nn.BatchNorm1d(_width * scale);
        var groups = Enumerable.Range(0, scale - 1).ToArray();
        convs = nn.ModuleList<Conv1d>([.. groups.Select(_ => nn.Conv1d(_width, _width, Kernel, padding: Kernel / 2 * dilation, dilation: dilation))]);
        bns = nn.ModuleList<BatchNorm1d>([.. groups.Select(_ => nn.BatchNorm1d(_width))]);
        conv3 = nn.Conv1d(_width * scale, channels, 1);
        bn3 = nn.BatchNorm1d(channels);
        se = new ChannelGate(channels, bottleneck);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var groups = bn1.call(conv1.call(input).relu()).split(_width, 1);
        var outputs = new Tensor[groups.Length];
        for (int i = 0; i < convs.Count; i++)
            outputs[i] = bns[i].call(convs[i].call(i == 0 ? groups[i] : outputs[i - 1] + groups[i]).relu());
        outputs[^1] = groups[^1];
        var x = bn3.call(conv3.call(cat(outputs, 1)).relu());
        return (se.call(x) + input).MoveToOuterDisposeScope();
    }
}
