namespace Diarizer.Service.Options;

/// <summary>Reads the value of <c>--source</c>: <c>URI</c> or <c>NAME=URI</c>.</summary>
public static class SourceArgument
{
    /// <summary>The streams that the given values describe; unnamed ones are called <c>room</c>, <c>room2</c>, …</summary>
    public static IReadOnlyList<StreamOptions> Parse(IReadOnlyList<string> values, bool realtime) =>
        [.. values.Select((value, i) => ParseOne(value, i == 0 ? "room" : $"room{i + 1}") with { Realtime = realtime })];

    private static StreamOptions ParseOne(string value, string name)
    {
        var equals = value.IndexOf('=', StringComparison.Ordinal);
        // "a=b.flac" may also be the name of a file; a file that exists wins over a name.
        return equals > 0 && StreamOptions.IsName(value[..equals]) && !File.Exists(value)
            ? new StreamOptions { Name = value[..equals], Source = value[(equals + 1)..] }
            : new StreamOptions { Name = name, Source = value };
    }
}
