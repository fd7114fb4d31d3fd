namespace Diarizer.Documentation.Tests.Shell;

/// <summary>Takes a script apart into statements, each as it would be typed: with its continuation lines and here-documents.</summary>
internal static class Statements
{
    public static IEnumerable<string> Of(string script)
    {
        var lines = new Queue<string>(script.Split('\n'));
        while (lines.TryDequeue(out var line))
        {
            if (string.IsNullOrWhiteSpace(line) || line.TrimStart().StartsWith('#'))
                continue;
            var statement = line;
            while ((statement.EndsWith('\\') || HasOpenQuote(statement)) && lines.TryDequeue(out var more))
                statement += "\n" + more;
            if (statement.Split("<<'") is [_, var document, ..])
            {
                var end = document[..document.IndexOf('\'', StringComparison.Ordinal)];
                while (lines.TryDequeue(out var more))
                {
                    statement += "\n" + more;
                    if (more == end)
                        break;
                }
            }

            yield return statement;
        }
    }

    private static bool HasOpenQuote(string text)
    {
        var (open, isComment, before) = ('\0', false, ' ');
        foreach (var c in text)
        {
            if (open != '\0')
                open = c == open ? '\0' : open;
            else if (isComment || (c == '#' && char.IsWhiteSpace(before)))
                isComment = c != '\n';
            else if (c is '\'' or '"')
                open = c;
            before = c;
        }

        return open != '\0';
    }
}
