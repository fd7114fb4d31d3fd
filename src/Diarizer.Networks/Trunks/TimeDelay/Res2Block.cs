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
    private readonly int _dilation;
    private readonly EcapaForm _form;

    public Res2Block(int channels, int dilation, int scale, int bottleneck, EcapaForm form)
        : base(nameof(Res2Block))
    {
        _width = channels / scale;
        _dilation = dilation;
        _form = form;
        conv1 = nn.Conv1d(channels, _width * scale, 1);
        bn1 = nn.BatchNorm1d(_width * scale);
        var groups = Enumerable.Range(0, scale - 1).ToArray();
        convs = nn.ModuleList<Conv1d>([.. groups.Select(_ => TimeConvolution.Create(_width, _width, Kernel, dilation, form.Padding))]);
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
        int first = _form.PassesFirstGroup ? 1 : 0;
        outputs[_form.PassesFirstGroup ? 0 : ^1] = groups[_form.PassesFirstGroup ? 0 : ^1];
        for (int i = 0; i < convs.Count; i++)
        {
            var group = groups[first + i];
            var seen = i == 0 ? group : outputs[first + i - 1] + group;
            outputs[first + i] = bns[i].call(TimeConvolution.Apply(convs[i], seen, _dilation, _form.Padding).relu());
        }
        var x = bn3.call(conv3.call(cat(outputs, 1)).relu());
        return (se.call(x) + input).MoveToOuterDisposeScope();
    }
}
