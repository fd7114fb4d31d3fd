using System.Text.RegularExpressions;

namespace Diarizer.Fuzz;

/// <summary>The sentence with which an input was refused.</summary>
internal static partial class Reason
{
    private const int Longest = 1000;
    private const int MostLines = 200;

    /// <summary>Checks that a person can use it.</summary>
    /// <exception cref="FuzzException">It is none, too long, or brings control characters along.</exception>
    public static string Check(string reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
            throw new FuzzException("a refusal without a reason");
        var lines = reason.Split(Environment.NewLine);
        if (lines.Length > MostLines || lines.Any(line => line.Length > Longest))
            throw new FuzzException("a reason as long as the input wants it");
        if (lines.Any(line => line.Any(char.IsControl)))
            throw new FuzzException("control characters in a reason");
        return reason;
    }

    /// <summary>The reason without what differs from input to input, to tell whether it is a new one.</summary>
    public static string Kind(string reason) => Varying().Replace(reason.Length > Longest ? reason[..Longest] : reason, "_");

    [GeneratedRegex("""'[^']*'|"[^"]*"|[0-9.,+-]+""")]
    private static partial Regex Varying();
}
