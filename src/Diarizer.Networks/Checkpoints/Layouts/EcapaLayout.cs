using Diarizer.Networks.Models;
using Diarizer.Networks.Trunks.TimeDelay;

namespace Diarizer.Networks.Checkpoints.Layouts;

/// <summary>What the layouts of ECAPA-TDNN share: the options are read from the same places under other names.</summary>
internal abstract class EcapaLayout : CheckpointLayout
{
    /// <summary>The most groups of channels; <see cref="EcapaTdnnOptions.Scale"/> bounds them.</summary>
    private const int MostGroups = 16;

    private Dictionary<string, string>? _modules;

    /// <summary>Modules of a network's frame, ours and the layout's.</summary>
    protected abstract IEnumerable<(string Ours, string Theirs)> Modules { get; }

    /// <summary>Modules of one of the three blocks, ours and the layout's; <c>convs.k</c> and <c>bns.k</c> for each group k.</summary>
    protected abstract IEnumerable<(string Ours, string Theirs)> BlockModules(int groups);

    /// <summary>The layout's name of block 1, 2 or 3.</summary>
    protected abstract string Block(int number);

    /// <inheritdoc/>
    public override string Translate(string name)
    {
        _modules ??= All().ToDictionary(pair => pair.Ours, pair => pair.Theirs, StringComparer.Ordinal);
        int dot = name.LastIndexOf('.');
        return _modules.TryGetValue(name[..dot], out string? module) ? module + name[dot..] : name;
    }

    /// <summary>The options, as far as shapes tell them.</summary>
    protected EcapaTdnnOptions ReadOptions(LayoutTensors tensors, EcapaVariant variant)
    {
        int pooled = Size("layer4.weight", 0);
        string group = Translate("layer1.convs.0.weight");
        int number = group.LastIndexOf("s.0.", StringComparison.Ordinal) + 2;
        return new EcapaTdnnOptions
        {
            Variant = variant,
            InputBins = Size("conv1.weight", 1),
            Channels = Size("conv1.weight", 0),
            Scale = tensors.Count(group[..number], group[(number + 1)..]) + 1,
            GateSize = Size("layer1.se.se.1.weight", 0),
            PooledChannels = pooled,
            AttentionSize = Size("attention.0.weight", 0),
            GlobalContext = Size("attention.0.weight", 1) == 3 * pooled,
            NormaliseOutput = tensors.Has(Translate("bn6.weight")),
            OutputSize = Size("fc6.weight", 0),
        };

        int Size(string name, int dimension) => tensors.Size(Translate(name), dimension);
    }

    private IEnumerable<(string Ours, string Theirs)> All()
    {
        foreach (var pair in Modules)
            yield return pair;
        for (int block = 1; block <= 3; block++)
        {
            foreach (var (ours, theirs) in BlockModules(MostGroups))
                yield return ($"layer{block}.{ours}", $"{Block(block)}.{theirs}");
        }
    }
}
