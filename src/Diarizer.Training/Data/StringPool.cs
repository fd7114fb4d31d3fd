namespace Diarizer.Training.Data;

/// <summary>Gives equal texts one string. Not for several threads at once.</summary>
internal sealed class StringPool
{
    private readonly HashSet<string> _strings = new(StringComparer.Ordinal);

    public string Get(ReadOnlySpan<char> text)
    {
        var lookup = _strings.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text, out string? known))
            return known;
        string added = text.ToString();
        _strings.Add(added);
        return added;
    }
}
