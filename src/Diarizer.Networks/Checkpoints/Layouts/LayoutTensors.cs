namespace Diarizer.Networks.Checkpoints.Layouts;

/// <summary>The tensors of a state dictionary below a prefix, by the names that a layout gives them.</summary>
/// <param name="file">The checkpoint's name for messages.</param>
/// <param name="dictionary">All tensors.</param>
/// <param name="prefix">What stands before the layout's names, such as <c>__S__.</c>; may be empty.</param>
internal sealed class LayoutTensors(string file, StateDictionary dictionary, string prefix)
{
    /// <summary>The checkpoint's name for messages.</summary>
    public string File => file;

    /// <summary>What stands before the layout's names.</summary>
    public string Prefix => prefix;

    /// <summary>Where the dictionary lies in the checkpoint.</summary>
    public string Path => dictionary.Path;

    /// <summary>The layout's names, without the prefix.</summary>
    public IEnumerable<string> Names => dictionary.Tensors.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..]);

    /// <summary>Full names of the tensors that do not begin with the prefix.</summary>
    public IEnumerable<string> Others => dictionary.Tensors.Keys.Where(name => !name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The prefix below which all of some names are there; the shortest when there are several, null when there is none.</summary>
    public static string? FindPrefix(StateDictionary dictionary, IReadOnlyList<string> names) => dictionary.Tensors.Keys
        .Where(key => key.EndsWith(names[0], StringComparison.Ordinal))
        .Select(key => key[..^names[0].Length])
        .Where(prefix => (prefix.Length == 0 || prefix[^1] == '.') && names.All(name => dictionary.Tensors.ContainsKey(prefix + name)))
        .MinBy(prefix => prefix.Length);

    public bool Has(string name) => dictionary.Tensors.ContainsKey(prefix + name);

    public CheckpointTensor? Find(string name) => dictionary.Tensors.GetValueOrDefault(prefix + name);

    /// <summary>One size of a tensor.</summary>
    /// <exception cref="UserErrorException">The tensor is missing or has fewer dimensions.</exception>
    public int Size(string name, int dimension)
    {
        var tensor = Find(name) ?? throw new UserErrorException($"The checkpoint {file} lacks the tensor {prefix}{name}, from which the network's shape is read; it belongs to another version.");
        return dimension < tensor.Shape.Count
            ? (int)tensor.Shape[dimension]
            : throw new UserErrorException($"The tensor {prefix}{name} in the checkpoint {file} has shape {Show(tensor.Shape)}, too few dimensions for its place; it belongs to another version.");
    }

    /// <summary>How many names there are from 0 on, such as blocks <c>layer1.0.conv1.weight</c>, <c>layer1.1.conv1.weight</c>.</summary>
    public int Count(string before, string after)
    {
        int count = 0;
        while (Has($"{before}{count}{after}"))
            count++;
        return count;
    }

    public static string Show(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";
}
