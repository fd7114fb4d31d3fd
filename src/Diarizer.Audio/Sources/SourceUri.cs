using System.Globalization;

namespace Diarizer.Audio.Sources;

/// <summary>
/// Where audio comes from: <c>file:PATH</c> or a bare path, <c>stdin:?rate=16000&amp;channels=1&amp;format=s16le</c>, <c>alsa:DEVICE?rate=48000</c>,
/// <c>rtp://ADDRESS:PORT?payload=L16&amp;rate=48000</c>, <c>wyoming://ADDRESS:PORT</c>, <c>hermes:SITE</c>, <c>naudio:DEVICE</c>, <c>wasapi:DEVICE</c>.
/// </summary>
public sealed record SourceUri
{
    private static readonly string[] Schemes = ["file", "stdin", "alsa", "rtp", "wyoming", "hermes", "naudio", "wasapi"];

    private readonly Dictionary<string, string> _query;

    private SourceUri(string text, string scheme, string target, Dictionary<string, string> query) =>
        (Text, Scheme, Target, _query) = (text, scheme, target, query);

    /// <summary>As given.</summary>
    public string Text { get; }

    /// <summary><c>file</c>, <c>stdin</c>, <c>alsa</c>, <c>rtp</c>, <c>wyoming</c>, <c>hermes</c>, <c>naudio</c> or <c>wasapi</c>.</summary>
    public string Scheme { get; }

    /// <summary>The path or device.</summary>
    public string Target { get; }

    /// <summary>Takes a source apart.</summary>
    /// <exception cref="UserErrorException">It is empty, its scheme is unknown or its query cannot be read.</exception>
    public static SourceUri Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) throw new UserErrorException("The audio source is empty; give a file, stdin: or alsa:DEVICE.");
        if (text == "-") return new(text, "stdin", "", []);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        // One letter is a drive rather than a scheme, and a file may well have a colon in its name.
        if (colon < 2 || !text[..colon].All(char.IsAsciiLetterOrDigit)) return new(text, "file", text, []);
        var scheme = text[..colon].ToLowerInvariant();
        if (scheme == "file") return new(text, scheme, FilePath(text[(colon + 1)..]), []);
        if (!Schemes.Contains(scheme))
        {
            if (File.Exists(text)) return new(text, "file", text, []);
            throw new UserErrorException($"'{scheme}:' is not a kind of audio source; use {string.Join(", ", Schemes.Select(name => name + ":"))} or a path.");
        }

        var rest = text[(colon + 1)..];
        var mark = rest.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? new(text, scheme, rest, []) : new(text, scheme, rest[..mark], ParseQuery(text, rest[(mark + 1)..]));
    }

    /// <summary>The same without a key of the query.</summary>
    public SourceUri Without(string key) => WithQuery(_query.Where(pair => pair.Key != key));

    /// <summary>The same with one key more in the query.</summary>
    public SourceUri With(string key, string value) => WithQuery(_query.Append(new(key, value)));

    /// <summary>True when <paramref name="other"/> has the same keys and values, in whatever order.</summary>
    public bool HasSameQuery(SourceUri other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return _query.Count == other._query.Count && _query.All(pair => other._query.GetValueOrDefault(pair.Key) == pair.Value);
    }

    /// <summary>A value from the query as it was given; null when it was not.</summary>
    public string? Value(string key) => _query.GetValueOrDefault(key);

    /// <summary>A whole number from the query.</summary>
    /// <exception cref="UserErrorException">It is not a number within the bounds.</exception>
    public int Number(string key, int fallback, int low, int high)
    {
        if (!_query.TryGetValue(key, out var value)) return fallback;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= low && number <= high) return number;
        throw new UserErrorException($"'{Text}' has {key}={value}; it must be a whole number from {low} to {high}.");
    }

    /// <summary>One of several words from the query; the first is the default.</summary>
    /// <exception cref="UserErrorException">It is another word.</exception>
    public string Choice(string key, params ReadOnlySpan<string> words)
    {
        if (!_query.TryGetValue(key, out var value)) return words[0];
        if (words.Contains(value)) return value;
        throw new UserErrorException($"'{Text}' has {key}={value}; it must be one of {string.Join(", ", words.ToArray())}.");
    }

    /// <summary>Refuses keys that this kind of source does not know.</summary>
    /// <exception cref="UserErrorException">There is one.</exception>
    public void Allow(params ReadOnlySpan<string> keys)
    {
        foreach (var key in _query.Keys)
        {
            if (!keys.Contains(key))
                throw new UserErrorException($"'{Text}' has '{key}', which {Scheme}: does not know; it knows {(keys.IsEmpty ? "no settings" : string.Join(", ", keys.ToArray()))}.");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private SourceUri WithQuery(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var query = pairs.ToDictionary(StringComparer.Ordinal);
        var text = string.Join('&', query.Select(pair => $"{pair.Key}={pair.Value}"));
        return new($"{Scheme}:{Target}{(query.Count > 0 ? "?" : "")}{text}", Scheme, Target, query);
    }

    private static string FilePath(string rest) =>
        rest.StartsWith("///", StringComparison.Ordinal) ? System.Uri.UnescapeDataString(rest[2..]) : rest;

    private static Dictionary<string, string> ParseQuery(string text, string query)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !result.TryAdd(pair[..equals], pair[(equals + 1)..]))
                throw new UserErrorException($"'{text}' has '{pair}' after the question mark; write key=value, each key once.");
        }

        return result;
    }
}
