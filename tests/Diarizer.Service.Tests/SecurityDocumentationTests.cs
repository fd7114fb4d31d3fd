using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Diarizer.Service.Tests;

/// <summary>Every line of the tables in docs/security.md names tests, and there are such tests.</summary>
public partial class SecurityDocumentationTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "..", ".."));
    private static readonly string Page = File.ReadAllText(Path.Combine(Root, "docs", "security.md"));

    public static TheoryData<string> NamedTests => [.. NamedTest().Matches(Page).Select(m => m.Groups[1].Value).Distinct()];

    [Theory]
    [MemberData(nameof(NamedTests))]
    public void A_named_test_exists(string name)
    {
        var (type, method) = (name.Split('.')[0], name.Split('.')[1]);
        var sources = Directory.EnumerateFiles(Path.Combine(Root, "tests"), type + "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText);
        Assert.Contains(sources, source => Regex.IsMatch(source, $@"\bclass {type}\b") && Regex.IsMatch(source, $@"^    \[(Fact|Theory)\](\n    \[.*\])*\n    public [\w ]+ {method}\(", RegexOptions.Multiline));
    }

    [Fact]
    public void Every_line_of_a_table_names_a_test()
    {
        var lines = Page.Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal) && !l.StartsWith("| can ", StringComparison.Ordinal)).ToList();
        Assert.InRange(lines.Count, 20, 200);
        Assert.All(lines, line => Assert.Matches(NamedTest(), line));
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex NamedTest();
}
