namespace Diarizer.Networks.Checkpoints.Pickling;

/// <summary>A dictionary of a pickle, in its order. Entries whose key is no text (an optimiser's parameter numbers) are left out.</summary>
internal sealed class PickleDictionary
{
    private readonly OrderedDictionary<string, object?> _entries = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, object?>> Entries => _entries;

    public void Set(object? key, object? value)
    {
        if (key is string text)
            _entries[text] = value;
    }
}
