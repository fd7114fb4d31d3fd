using System.Text.RegularExpressions;
using Diarizer.Audio.Sources;
using Diarizer.Documentation.Tests.Pages;
using Diarizer.Documentation.Tests.Shell;

namespace Diarizer.Documentation.Tests.Snippets;

/// <summary>Runs the commands of a page in their order and compares what is shown with what happens.</summary>
internal sealed partial class PageRun(DocumentPage page, Sandbox sandbox)
{
    private readonly List<string> _problems = [];

    /// <summary>What is wrong, each with its place; empty when all is well.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync()
    {
        foreach (var snippet in page.Snippets)
        {
            await foreach (var problem in CheckAsync(snippet))
                _problems.Add($"{snippet}: {problem}");
        }

        return _problems;
    }

    private IAsyncEnumerable<string> CheckAsync(Snippet snippet) => snippet.Language switch
    {
        "sh" => RunAsync(snippet.Text),
        "console" => RunConsoleAsync(snippet.Text),
        "json" => One(JsonSnippets.Problem(snippet, sandbox)),
        "yaml" => One(YamlSnippets.Problem(snippet.Text)),
        "ini" => One(UnitSnippets.Problem(snippet.Text, sandbox)),
        "conf" or "acl" => One(BrokerSnippets.Problem(snippet, sandbox)),
        "alsa" => One(AlsaSnippets.Problem(snippet.Text)),
        "uri" => Sources(snippet.Text),
        "srt" or "vtt" => One(IsShown(snippet.Text) ? null : "no command wrote this"),
        "text" => Looks(snippet.Text),
        _ => One($"a block in the language \"{snippet.Language}\" is not checked by anything; choose one that is, or teach {nameof(PageRun)} this one"),
    };

    private async IAsyncEnumerable<string> RunAsync(string script)
    {
        var variables = "";
        foreach (var statement in Statements.Of(script))
        {
            var problem = NotRun.Of(statement) is { } entry ? await entry.Check(sandbox, statement) : await sandbox.RunAsync(variables + statement);
            if (Assignment().IsMatch(statement))
                variables += statement + "\n";
            if (problem is not null)
                yield return $"{statement}\n  {problem.TrimEnd()}";
        }
    }

    private async IAsyncEnumerable<string> RunConsoleAsync(string text)
    {
        var lines = text.Split('\n');
        await foreach (var problem in RunAsync(string.Join('\n', lines.Where(line => line.StartsWith("$ ", StringComparison.Ordinal)).Select(line => line[2..]))))
            yield return problem;
        await foreach (var problem in Looks(string.Join('\n', lines.Where(line => !line.StartsWith("$ ", StringComparison.Ordinal)))))
            yield return problem;
    }

    private bool IsShown(string text) => string.Join('\n', [.. sandbox.Printed, .. sandbox.Written]).Contains(text.TrimEnd(), StringComparison.Ordinal);

    // Figures differ from run to run.
    private async IAsyncEnumerable<string> Looks(string text)
    {
        await Task.CompletedTask;
        var printed = sandbox.Printed.SelectMany(output => output.Split('\n')).Select(Masked).ToHashSet();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !printed.Contains(Masked(line))))
            yield return $"no command printed a line like: {line}";
    }

    private async IAsyncEnumerable<string> Sources(string text)
    {
        await Task.CompletedTask;
        // Loopback stands in for the network of the microphones.
        foreach (var line in Statements.Of(sandbox.Localise(text)).Select(line => Comment().Replace(line, "").Replace("192.168.1.10", "127.0.0.1", StringComparison.Ordinal)))
        {
            string? problem = null;
            try
            {
                AudioSources.Open(line).Dispose();
            }
            catch (UserErrorException e)
            {
                problem = e.Message;
            }

            if (problem is not null)
                yield return problem;
        }
    }

    private static async IAsyncEnumerable<string> One(string? problem)
    {
        await Task.CompletedTask;
        if (problem is not null)
            yield return problem;
    }

    private static string Masked(string line) => Blanks().Replace(Duration().Replace(Number().Replace(Revision().Replace(line, ""), "0"), "0 s"), " ").Trim();

    [GeneratedRegex(@"^\w+=\S")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"\s+#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\+[0-9a-f]{7}\b")]
    private static partial Regex Revision();

    [GeneratedRegex(@"\d+(\.\d+)*")]
    private static partial Regex Number();

    [GeneratedRegex(@"\b0 (d 0 h|h 0 min|min|s)\b")]
    private static partial Regex Duration();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
