using Diarizer.Networks.Checkpoints.Layouts;
using Diarizer.Networks.Models;
using Diarizer.Networks.Trunks;
using static TorchSharp.torch;

namespace Diarizer.Networks.Checkpoints;

/// <summary>Makes networks of ours from the checkpoints of public trainers.</summary>
public static class CheckpointImport
{
    /// <summary>Asks that the layout be found out.</summary>
    public const string Automatic = "auto";

    /// <summary>Frames for which multiply-adds are counted.</summary>
    private const int TwoSeconds = 200;

    private const string Counter = "num_batches_tracked";

    private static readonly CheckpointLayout[] Known =
    [
        new FastResNetLayout(),
        new HalfResNetLayout(),
        new VggLayout(),
        new TaoRuijieEcapaLayout(),
        new SpeechBrainEcapaLayout(),
        new WeSpeakerResNetLayout(),
        new WeSpeakerEcapaLayout(),
    ];

    /// <summary>The layouts that can be asked for.</summary>
    public static IReadOnlyList<string> Layouts { get; } = [.. Known.Select(layout => layout.Name).Distinct()];

    /// <summary>Reads a checkpoint file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layout">One of <see cref="Layouts"/>, or <see cref="Automatic"/>.</param>
    /// <exception cref="UserErrorException">
    /// The file is of no use, its layout is not known or not the one asked for, or a tensor is missing, unexpected or of another shape: the first such is named.
    /// </exception>
    public static ImportedModel Read(string path, string layout = Automatic) => Import(CheckpointFile.Read(path), path, layout);

    /// <summary>Makes a network of state dictionaries.</summary>
    /// <param name="dictionaries">What the checkpoint holds; the first of a known layout is taken.</param>
    /// <param name="file">The checkpoint's name for messages.</param>
    /// <param name="layout">One of <see cref="Layouts"/>, or <see cref="Automatic"/>.</param>
    /// <exception cref="UserErrorException">As for <see cref="Read"/>.</exception>
    public static ImportedModel Import(IReadOnlyList<StateDictionary> dictionaries, string file, string layout = Automatic)
    {
        ArgumentNullException.ThrowIfNull(dictionaries);
        var wanted = Known.Where(known => layout is Automatic || known.Name == layout).ToList();
        if (wanted.Count == 0)
            throw new UserErrorException($"There is no layout {layout}; give {Automatic}, {string.Join(", ", Layouts)}.");
        foreach (var dictionary in dictionaries)
        {
            foreach (var known in wanted)
            {
                if (LayoutTensors.FindPrefix(dictionary, known.Anchors) is { } prefix)
                    return Import(known, new LayoutTensors(file, dictionary, prefix));
            }
        }
        throw Unknown(dictionaries, file, layout, wanted);
    }

    private static ImportedModel Import(CheckpointLayout layout, LayoutTensors tensors)
    {
        var card = layout.Describe(tensors);
        var network = NetworkRegistry.Create(card, tensors.File);
        try
        {
            var leftOut = new List<string>(tensors.Others);
            StateTensors.Import(network, Collect(layout, tensors, network.state_dict(), leftOut), tensors.File);
            network.eval();
            card = card with { Cost = NetworkCost.Of(network, ((ISpeakerTrunk)network).InputBins, TwoSeconds) };
            string source = $"{layout.Network}{(tensors.Path.Length > 0 ? $" in {tensors.Path}" : "")}{(tensors.Prefix.Length > 0 ? $" below {tensors.Prefix}" : "")}";
            return new ImportedModel(card, network, layout.Name, source, layout.FrontEndNote, leftOut);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>The values of all tensors of a network, by our names.</summary>
    private static Dictionary<string, SafeTensor> Collect(CheckpointLayout layout, LayoutTensors tensors, Dictionary<string, Tensor> state, List<string> leftOut)
    {
        var found = new Dictionary<string, SafeTensor>(StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (ours, target) in state)
        {
            string theirs = layout.Translate(ours);
            if (tensors.Find(theirs) is { } tensor)
            {
                if (!Trimmed(tensor.Shape).SequenceEqual(Trimmed(target.shape)))
                    throw Mismatch($"The tensor {tensors.Prefix}{theirs} in the checkpoint {tensors.File} has shape {LayoutTensors.Show(tensor.Shape)} where {LayoutTensors.Show(target.shape)} is expected", ours);
                used.Add(theirs);
                found.Add(ours, tensor.Read() with { Shape = target.shape });
            }
            else if (ours.EndsWith(Counter, StringComparison.Ordinal))
            {
                found.Add(ours, new SafeTensor(SafeTensorType.I64, target.shape, new byte[sizeof(long)]));
            }
            else
            {
                throw Mismatch($"The checkpoint {tensors.File} lacks the tensor {tensors.Prefix}{theirs} of shape {LayoutTensors.Show(target.shape)}", ours);
            }
        }
        foreach (string name in tensors.Names.Where(name => !used.Contains(name)))
        {
            if (!layout.LeavesOut(name))
                throw new UserErrorException($"The checkpoint {tensors.File} has an unexpected tensor {tensors.Prefix}{name} of shape {LayoutTensors.Show(tensors.Find(name)!.Shape)}, which {layout.Network} of {layout.Name} has not; it belongs to another version.");
            leftOut.Add(tensors.Prefix + name);
        }
        return found;

        UserErrorException Mismatch(string what, string ours) => new($"{what} (our {ours}); it belongs to another version of {layout.Network} of {layout.Name}.");
    }

    /// <summary>A shape without ones at its end: a linear layer and a convolution of kernel 1 have the same weights.</summary>
    private static IEnumerable<long> Trimmed(IReadOnlyList<long> shape) => shape.Take(shape.Count - shape.Reverse().TakeWhile(size => size == 1).Count());

    private static UserErrorException Unknown(IReadOnlyList<StateDictionary> dictionaries, string file, string layout, List<CheckpointLayout> wanted)
    {
        if (dictionaries.Count == 0)
            return new UserErrorException($"The checkpoint {file} holds no named tensors; save the state dictionary: torch.save(model.state_dict(), FILE).");
        string names = string.Join(", ", dictionaries.SelectMany(dictionary => dictionary.Tensors.Keys).Take(4));
        string known = string.Join("; ", wanted.Select(candidate => $"{candidate.Network} of {candidate.Name} has {candidate.Anchors[0]} and {candidate.Anchors[1]}"));
        return new UserErrorException($"The tensors of the checkpoint {file} ({names}, ...) are of no known layout{(layout == Automatic ? "" : " that was asked for")}: {known}.");
    }
}
