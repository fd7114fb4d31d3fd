using System.CommandLine;
using Diarizer.Service.Options;

namespace Diarizer.Service.Commands;

/// <summary>Says in sentences why a command line was not understood.</summary>
internal static class ParseProblems
{
    /// <summary>One sentence for each problem; a word that is not known hides the problems that follow from it.</summary>
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        var help = HelpFor(parsed.CommandResult.Command);
        if (parsed.UnmatchedTokens is [var unknown, ..])
            return [$"\"{unknown}\" is not known here; did you mean {NearestName.Of(unknown, NamesLike(unknown, parsed.CommandResult.Command))}? See {help}."];
        return [.. parsed.Errors.Select(e => $"{e.Message.TrimEnd('.')}; see {help}.").Distinct()];
    }

    private static IEnumerable<string> NamesLike(string word, Command command)
    {
        var options = command.Options.Select(o => o.Name).Append("--help");
        return word.StartsWith('-') || command.Subcommands.Count == 0 ? options : command.Subcommands.Select(c => c.Name);
    }

    private static string HelpFor(Command command) => command is RootCommand ? "diarizer --help" : $"diarizer {command.Name} --help";
}
