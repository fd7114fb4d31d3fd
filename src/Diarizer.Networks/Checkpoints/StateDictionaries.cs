using Diarizer.Networks.Checkpoints.Pickling;

namespace Diarizer.Networks.Checkpoints;

/// <summary>Finds the dictionaries of tensors in a checkpoint's value, which may hold them below <c>state_dict</c>, <c>model</c> and the like.</summary>
internal static class StateDictionaries
{
    /// <summary>Dictionaries deeper than this are not looked for.</summary>
    private const int Deepest = 8;

    /// <summary>All dictionaries with at least one tensor; outer ones first, in the checkpoint's order.</summary>
    public static IReadOnlyList<StateDictionary> Find(object? value)
    {
        var found = new List<StateDictionary>();
        // A pickle can hold one dictionary in many places, or in itself.
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var level = new List<(string Path, PickleDictionary Dictionary)>();
        Add("", value);
        for (int depth = 0; depth < Deepest && level.Count > 0; depth++)
        {
            var current = level;
            level = [];
            foreach (var (path, dictionary) in current)
            {
                var tensors = new OrderedDictionary<string, CheckpointTensor>(StringComparer.Ordinal);
                foreach (var (key, item) in dictionary.Entries)
                {
                    if (item is CheckpointTensor tensor)
                        tensors.Add(key, tensor);
                    else
                        Add(path.Length == 0 ? key : $"{path}.{key}", item);
                }
                if (tensors.Count > 0)
                    found.Add(new StateDictionary(path, tensors));
            }
        }
        return found;

        void Add(string path, object? item)
        {
            if (item is PickleDictionary dictionary && seen.Add(dictionary))
                level.Add((path, dictionary));
        }
    }
}
