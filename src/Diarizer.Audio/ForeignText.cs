using System.Diagnostics.CodeAnalysis;

namespace Diarizer;

/// <summary>Text of files, messages and options in sentences for people: a stranger's text must neither fill a log nor steer a terminal.</summary>
public static class ForeignText
{
    /// <summary>The text on one line, without control characters and not longer than <paramref name="longest"/> and an ellipsis.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">Characters, 1 or more.</param>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Clip(string? text, int longest = 80)
    {
        if (text is null || (text.Length <= longest && !text.Any(char.IsControl)))
            return text;
        var clean = new string([.. text.Take(longest).Select(c => char.IsControl(c) ? ' ' : c)]);
        return text.Length > longest ? clean + "…" : clean;
    }
}
