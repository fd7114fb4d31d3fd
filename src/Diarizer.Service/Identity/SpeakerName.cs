using System.Text.RegularExpressions;

namespace Diarizer.Service.Identity;

/// <summary>What people may be called. Messages leave the name out: they end up in logs.</summary>
public static partial class SpeakerName
{
    private const int Longest = 64;

    /// <summary>The name without blanks around it.</summary>
    /// <exception cref="UserErrorException">Nobody can be called that.</exception>
    public static string Check(string? name)
    {
        var trimmed = name?.Trim() ?? "";
        if (trimmed.Length is 0 or > Longest || trimmed.Any(char.IsControl))
            throw new UserErrorException($"A name must have 1 to {Longest} characters, none of them a control character.");
        return IsId(trimmed) ? throw new UserErrorException("A name must not look like the id of a speaker (s1, p1, unknown).") : trimmed;
    }

    /// <summary>True when two names mean the same person.</summary>
    public static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    /// <summary>True for <c>s1</c>, <c>p1</c> and <c>unknown</c>.</summary>
    public static bool IsId(string text) => IdPattern().IsMatch(text);

    /// <summary>Number of the speaker of an id: above 0 within the session, below 0 for enrolled people; null when it is no id.</summary>
    public static int? NumberOf(string id) =>
        IdPattern().Match(id) is { Success: true } match && int.TryParse(match.Groups["number"].Value, out var number) ? (match.Groups["kind"].Value is "s" or "S" ? number : -number) : null;

    [GeneratedRegex("^(?:(?<kind>[spSP])(?<number>[0-9]{1,9})|unknown)$", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();
}
