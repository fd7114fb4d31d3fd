using System.CommandLine;
using System.Text;

namespace Diarizer.Service.Tests.Packaging;

/// <summary>Writes the manual page of a command, in the man(7) macros.</summary>
/// <param name="root">The program.</param>
internal sealed class ManualPage(RootCommand root)
{
    private const string Program = "diarizer";

    /// <summary>File name and text of each page: one for the program, one for each of its commands.</summary>
    public IEnumerable<(string File, string Text)> All()
    {
        yield return ($"{Program}.1", ForProgram());
        foreach (var command in root.Subcommands.Where(c => !c.Hidden))
            yield return ($"{Program}-{command.Name}.1", ForCommand(command));
    }

    private string ForProgram()
    {
        var page = Begin(Program, root.Description!);
        page.Append($".B {Program}\n.I COMMAND\n[\\fIOPTION\\fR ...]\n");
        page.Append(".SH COMMANDS\n");
        foreach (var command in root.Subcommands.Where(c => !c.Hidden))
            page.Append($".TP\n.BR {Program}\\-{Escape(command.Name)} (1)\n{Text(command.Description!)}\n");
        return page.Append(ManualSections.OfProgram).ToString();
    }

    private static string ForCommand(Command command)
    {
        var page = Begin($"{Program}-{command.Name}", command.Description!);
        page.Append($".B {Program} {Escape(command.Name)}\n");
        foreach (var argument in command.Arguments)
            page.Append(argument.Arity.MinimumNumberOfValues == 0 ? $"[\\fI{Escape(argument.Name)}\\fR{Repeats(argument)}]\n" : $".IR {Escape(argument.Name)}{(argument.Arity.MaximumNumberOfValues > 1 ? " \" ...\"" : "")}\n");
        page.Append("[\\fIOPTION\\fR ...]\n.SH DESCRIPTION\n").Append(Text(command.Description!)).Append('\n');
        var options = command.Options.Where(o => !o.Hidden && o.Name != "--help").OrderBy(o => o.Name, StringComparer.Ordinal).ToList();
        page.Append(".SH OPTIONS\n");
        foreach (var argument in command.Arguments)
            page.Append($".TP\n.I {Escape(argument.Name)}\n{Text(argument.Description!)}\n");
        foreach (var option in options)
            page.Append($".TP\n.B {Escape(option.Name)}{ValueOf(option)}\n{Text(option.Description!)}{(option.Required ? " Required." : "")}\n");
        page.Append(".TP\n.B \\-\\-help\nSays all this in short.\n");
        return page.Append(ManualSections.OfCommand).ToString();
    }

    private static StringBuilder Begin(string name, string description) => new StringBuilder()
        .Append(".\\\" Written by ManualPageTests from the declaration of the command.\n")
        .Append($".TH {Escape(name.ToUpperInvariant())} 1 \"\" Diarizer \"User Commands\"\n")
        .Append($".SH NAME\n{Escape(name)} \\- {Escape(Summary(description))}\n.SH SYNOPSIS\n");

    /// <summary>The first sentence without its full stop, beginning in lower case: apropos(1) lists it.</summary>
    private static string Summary(string description)
    {
        var sentence = description.Split([". ", ": ", "; "], 2, StringSplitOptions.None)[0].TrimEnd('.');
        return char.ToLowerInvariant(sentence[0]) + sentence[1..];
    }

    private static string ValueOf(Option option) => option.ValueType == typeof(bool) ? "" : $" \\fI{Escape(option.HelpName ?? "VALUE")}\\fR";

    private static string Repeats(Argument argument) => argument.Arity.MaximumNumberOfValues > 1 ? " ..." : "";

    private static string Text(string text) => Escape(text) is ['.' or '\'', ..] escaped ? $"\\&{escaped}" : Escape(text);

    private static string Escape(string text) => text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
}
