using System.CommandLine;
using System.Reflection;
using System.Text.RegularExpressions;
using Diarizer.Documentation.Tests.Pages;
using Diarizer.Service.Commands;
using Diarizer.Service.Options;
using Diarizer.Streaming;
using Diarizer.Tests.Shared;
using Diarizer.Training.Commands;

namespace Diarizer.Documentation.Tests;

/// <summary>What running text says of commands, options and settings is so.</summary>
public partial class InlineCodeTests
{
    // Options of programs that are not ours.
    private static readonly HashSet<string> OfOthers = ["--allow-downgrades", "--log_input", "--now", "--user"];

    private static readonly RootCommand[] Programs = [DiarizerCommand.Create(), TrainerCommand.Create()];

    private static readonly HashSet<string> Options = [.. Programs.SelectMany(AllOptions), .. OptionsOfScripts(), .. OfOthers];

    public static TheoryData<string> Pages => [.. DocumentPage.ForUsers];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Commands_and_options_are_there(string page)
    {
        foreach (var (place, text) in InlineCode.Of(DocumentPage.Open(page)))
        {
            var words = text.Split([' ', '|', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 1 && words[0] is "diarizer" or "diarizer-train")
                Follow(Programs[words[0] == "diarizer" ? 0 : 1], words[1..], place);
            foreach (var option in words.Where(word => LongOption().IsMatch(word)).Select(word => LongOption().Match(word).Value))
                Assert.True(Options.Contains(option), $"{place}: there is no option {option}");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Settings_are_there(string page)
    {
        foreach (var (place, text) in InlineCode.Of(DocumentPage.Open(page)).Where(code => Setting().IsMatch(code.Text)))
        {
            var names = text.Split(':').SkipWhile(name => name == DiarizerOptions.Section).Where(name => name is not ("N" or "*")).ToList();
            Assert.True(names[0] == "Logging" || Has(typeof(DiarizerOptions), names) || Has(typeof(PipelineOptions), names), $"{place}: there is no setting {text}");
        }
    }

    private static void Follow(Command command, IEnumerable<string> words, string place)
    {
        foreach (var word in words)
        {
            if (word.StartsWith("--", StringComparison.Ordinal))
                Assert.True(AllOptions(command).Contains(LongOption().Match(word).Value), $"{place}: {command.Name} has no {word}");
            else if (command.Subcommands.FirstOrDefault(c => c.Name == word) is { } below)
                command = below;
            else if (command is RootCommand)
                Assert.Fail($"{place}: there is no command {word}");
        }
    }

    private static IEnumerable<string> AllOptions(Command command) =>
        command.Options.SelectMany(o => o.Aliases.Prepend(o.Name)).Concat(command.Subcommands.SelectMany(AllOptions)).Append("--help");

    private static IEnumerable<string> OptionsOfScripts() =>
        Directory.EnumerateFiles(Repository.PathTo(), "*.sh").Concat(Directory.EnumerateFiles(Repository.PathTo("packaging"), "*.sh")).Concat(Directory.EnumerateFiles(Repository.PathTo("bench")))
            .SelectMany(file => LongOption().Matches(File.ReadAllText(file)).Select(m => m.Value));

    private static bool Has(Type type, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (type.IsGenericType)
                type = type.GetGenericArguments()[0];
            if (type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance) is not { } property)
                return false;
            type = property.PropertyType;
        }

        return true;
    }

    [GeneratedRegex(@"--[a-z][\w-]*")]
    private static partial Regex LongOption();

    [GeneratedRegex(@"^[A-Z][A-Za-z]+(:([A-Z][A-Za-z]+|N|\*))+$")]
    private static partial Regex Setting();
}
