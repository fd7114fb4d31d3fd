using System.Text.RegularExpressions;
using Diarizer.Documentation.Tests.Pages;
using Diarizer.Tests.Shared;

namespace Diarizer.Documentation.Tests;

/// <summary>Links between pages lead somewhere, and every page can be reached.</summary>
public partial class LinkTests
{
    public static TheoryData<string> Pages =>
        [.. DocumentPage.ForUsers, "CONTRIBUTING.md", "CHANGELOG.md", "packaging/README.md", "bench/README.md", .. Directory.EnumerateFiles(Repository.PathTo("docs", "architecture"), "*.md").Select(file => $"docs/architecture/{Path.GetFileName(file)}")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_leads_somewhere(string page)
    {
        var folder = Path.GetDirectoryName(Repository.PathTo(page))!;
        foreach (var link in Link().Matches(DocumentPage.Open(page).Text).Select(m => m.Groups[1].Value).Where(link => !link.Contains("://", StringComparison.Ordinal)))
        {
            var (file, anchor) = link.Split('#', 2) is [var before, var after] ? (before, after) : (link, null);
            var path = file.Length == 0 ? Repository.PathTo(page) : Path.GetFullPath(Path.Combine(folder, file));
            Assert.True(Path.Exists(path), $"{page} leads to {link}, which is not there");
            if (anchor is not null)
                Assert.True(Heading().Matches(File.ReadAllText(path)).Select(m => Anchor(m.Groups[1].Value)).Contains(anchor), $"{page} leads to {link}, but there is no such heading");
        }
    }

    [Fact]
    public void Every_page_is_in_the_index()
    {
        var links = Link().Matches(Repository.Read("docs", "README.md")).Select(m => m.Groups[1].Value.Split('#')[0]).ToHashSet();
        Assert.All(DocumentPage.ForUsers.Select(path => Path.GetFileName(path)!).Where(name => name != "README.md"), name => Assert.Contains(name, links));
    }

    // As GitHub makes them.
    private static string Anchor(string heading) => Unspoken().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Unspoken();
}
