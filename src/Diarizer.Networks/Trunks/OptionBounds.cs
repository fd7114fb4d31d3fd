namespace Diarizer.Networks.Trunks;

/// <summary>Checks the options of one network and words what is wrong with them.</summary>
/// <param name="Network">The network's name in model cards.</param>
internal readonly record struct OptionBounds(string Network)
{
    /// <exception cref="UserErrorException">The condition does not hold.</exception>
    public void Require(bool holds, string name, object? value, string allowed)
    {
        if (!holds)
            throw new UserErrorException($"The {Network} option {name} is {Show(value)}; it must be {allowed}.");
    }

    /// <exception cref="UserErrorException">The value is below or above.</exception>
    public void Between(int value, int least, int most, string name) => Require(value >= least && value <= most, name, value, $"{least:N0} to {most:N0}");

    /// <exception cref="UserErrorException">There are fewer or more values, or one of them is below or above.</exception>
    public void Each(IReadOnlyList<int>? values, (int Least, int Most) count, (int Least, int Most) bounds, string name)
    {
        string numbers = count.Least == count.Most ? $"{count.Least} numbers" : $"{count.Least} to {count.Most} numbers";
        Require(
            values is not null && values.Count >= count.Least && values.Count <= count.Most && values.All(v => v >= bounds.Least && v <= bounds.Most),
            name,
            values,
            $"{numbers} of {bounds.Least:N0} to {bounds.Most:N0}");
    }

    /// <exception cref="UserErrorException">The value is none of the type's names.</exception>
    public void Named<T>(T value, string name)
        where T : struct, Enum => Require(Enum.IsDefined(value), name, value, string.Join(", ", Enum.GetNames<T>()));

    private static string Show(object? value) => value switch
    {
        null => "null",
        IEnumerable<int> values => $"[{string.Join(", ", values)}]",
        _ => $"{value}",
    };
}
