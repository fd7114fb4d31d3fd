using System.Text.RegularExpressions;

namespace Diarizer.Documentation.Tests.Pages;

/// <summary>What stands in backquotes in running text.</summary>
internal static partial class InlineCode
{
    /// <summary>Place and text of each.</summary>
    public static IEnumerable<(string Place, string Text)> Of(DocumentPage page) =>
        from line in page.Prose
        from Match match in Code().Matches(line.Text)
        select ($"{page.Path}:{line.Line}", match.Groups[1].Value);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
