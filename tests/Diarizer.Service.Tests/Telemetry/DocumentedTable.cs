using Diarizer.Tests.Shared;

namespace Diarizer.Service.Tests.Telemetry;

/// <summary>A table in docs/operating.md that stands between two marks and is made from the source. With DIARIZER_WRITE_DOCS=1 it is written anew.</summary>
/// <param name="name">Name of the marks.</param>
internal sealed class DocumentedTable(string name)
{
    private static readonly string Page = Repository.PathTo("docs", "operating.md");

    /// <summary>The page holds exactly this table.</summary>
    public void MustBe(IEnumerable<string> lines)
    {
        var page = File.ReadAllText(Page);
        var begin = page.IndexOf('\n', page.IndexOf($"<!-- {name}: begin", StringComparison.Ordinal)) + 1;
        var end = page.IndexOf($"<!-- {name}: end", StringComparison.Ordinal);
        var table = $"\n{string.Join('\n', lines)}\n\n";
        if (Environment.GetEnvironmentVariable("DIARIZER_WRITE_DOCS") == "1")
        {
            File.WriteAllText(Page, page[..begin] + table + page[end..]);
            return;
        }

        Assert.True(page[begin..end] == table, $"The table \"{name}\" in docs/operating.md is not what the source says; run this test with DIARIZER_WRITE_DOCS=1 and look at the difference.");
    }
}
