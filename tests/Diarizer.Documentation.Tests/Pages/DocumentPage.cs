using System.Text.RegularExpressions;
using Diarizer.Tests.Shared;

namespace Diarizer.Documentation.Tests.Pages;

/// <summary>A page of the documentation, taken apart. What a program wrote between two marks is that program's to check.</summary>
internal sealed partial class DocumentPage
{
    private const string Indentation = "    ";

    private readonly List<Snippet> _snippets = [];
    private readonly List<(int Line, string Text)> _prose = [];

    /// <summary>Takes a page apart.</summary>
    /// <param name="path">See <see cref="Path"/>.</param>
    /// <param name="text">What is in it.</param>
    public DocumentPage(string path, string text)
    {
        Path = path;
        Text = Generated().Replace(text, m => new string('\n', m.Value.Count(c => c == '\n')));
        Read(Text.Split('\n'));
    }

    /// <summary>Path below the root of the repository, with <c>/</c>.</summary>
    public string Path { get; }

    public string Text { get; }

    /// <summary>The blocks of code in their order.</summary>
    public IReadOnlyList<Snippet> Snippets => _snippets;

    /// <summary>The lines between them.</summary>
    public IReadOnlyList<(int Line, string Text)> Prose => _prose;

    /// <summary>What users read: README.md and the pages in docs.</summary>
    public static IReadOnlyList<string> ForUsers { get; } =
        ["README.md", .. Directory.EnumerateFiles(Repository.PathTo("docs"), "*.md").Select(file => $"docs/{System.IO.Path.GetFileName(file)}").Order(StringComparer.Ordinal)];

    public static DocumentPage Open(string path) => new(path, Repository.Read(path));

    private void Read(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            var start = i;
            if (lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                while (lines[++i] != "```")
                {
                }

                Add(start, lines[start][3..], lines[(start + 1)..i]);
            }
            else if (lines[i].StartsWith(Indentation, StringComparison.Ordinal) && (i == 0 || lines[i - 1].Length == 0))
            {
                while (i + 1 < lines.Length && lines[i + 1].StartsWith(Indentation, StringComparison.Ordinal))
                    i++;
                Add(start, "sh", lines[start..(i + 1)].Select(line => line[Indentation.Length..]));
            }
            else
            {
                _prose.Add((i + 1, lines[i]));
            }
        }
    }

    private void Add(int line, string language, IEnumerable<string> lines) => _snippets.Add(new(Path, line + 1, language, string.Join('\n', lines) + "\n"));

    [GeneratedRegex(@"<!-- (\w[\w ]*): begin .*?<!-- \1: end -->", RegexOptions.Singleline)]
    private static partial Regex Generated();
}
