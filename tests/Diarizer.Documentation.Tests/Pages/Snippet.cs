namespace Diarizer.Documentation.Tests.Pages;

/// <summary>A block of code in a page.</summary>
/// <param name="Page">The page's path below the root of the repository.</param>
/// <param name="Line">The line it begins at, counted from 1.</param>
/// <param name="Language">What stands behind the fence; <c>sh</c> for a block that is set off by blanks alone.</param>
/// <param name="Text">What is in it.</param>
internal sealed record Snippet(string Page, int Line, string Language, string Text)
{
    public override string ToString() => $"{Page}:{Line}";
}
