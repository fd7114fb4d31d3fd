using System.Collections.Concurrent;
using Diarizer.Documentation.Tests.Pages;
using Diarizer.Documentation.Tests.Shell;
using Diarizer.Documentation.Tests.Snippets;

namespace Diarizer.Documentation.Tests;

/// <summary>Every command of README.md and docs/*.md is run, or stands in <see cref="NotRun.Table"/>; every other block is checked as what it is.</summary>
public class SnippetTests
{
    // Where one of these is absent, so is a page's test.
    private static readonly string[] Tools = ["mosquitto_rr", "curl", "openssl", "ffmpeg", "sqlite3"];

    // Commands also wait, for audio in real time and for each other; three pages at a time fill a machine with two cores.
    private static readonly SemaphoreSlim Turn = new(3);
    private static readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<string>>>> Runs = new();

    public static TheoryData<string> Pages => [.. DocumentPage.ForUsers];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_snippet_of_a_page_is_right(string page)
    {
        foreach (var tool in Tools.Where(tool => DocumentPage.Open(page).Snippets.Any(s => s.Text.Contains(tool, StringComparison.Ordinal))))
            Assert.SkipUnless(File.Exists($"/usr/bin/{tool}"), $"{tool} is not installed");
        foreach (var each in DocumentPage.ForUsers)
            _ = Runs.GetOrAdd(each, path => new(() => Task.Run(() => RunAsync(path)))).Value;
        var problems = await Runs[page].Value;
        Assert.True(problems.Count == 0, string.Join("\n\n", problems));
    }

    [Fact]
    public void Every_entry_of_the_table_is_needed()
    {
        var statements = DocumentPage.ForUsers.SelectMany(page => DocumentPage.Open(page).Snippets).Where(s => s.Language is "sh" or "console")
            .SelectMany(s => Statements.Of(s.Text.Replace("\n$ ", "\n", StringComparison.Ordinal))).Select(NotRun.Of).ToHashSet();
        Assert.Empty(NotRun.Table.Where(entry => !statements.Contains(entry)).Select(entry => entry.Pattern));
    }

    private static async Task<IReadOnlyList<string>> RunAsync(string path)
    {
        await Turn.WaitAsync();
        try
        {
            var page = DocumentPage.Open(path);
            using var sandbox = new Sandbox(page);
            return await new PageRun(page, sandbox).ProblemsAsync();
        }
        finally
        {
            Turn.Release();
        }
    }
}
