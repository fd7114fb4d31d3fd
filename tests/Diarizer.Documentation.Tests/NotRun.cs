using System.CommandLine;
using System.Text.RegularExpressions;
using Diarizer.Documentation.Tests.Shell;
using Diarizer.Service.Commands;
using Diarizer.Tests.Shared;
using Diarizer.Training.Commands;
using Diarizer.Training.Configuration;

namespace Diarizer.Documentation.Tests;

/// <summary>The commands of the documentation that a test cannot run as they stand: which, why, and what of them is checked all the same.</summary>
/// <param name="Pattern">What such a command looks like.</param>
/// <param name="Reason">Why it is not run.</param>
/// <param name="Check">What is wrong with it, or null.</param>
internal sealed partial record NotRun(string Pattern, string Reason, Func<Sandbox, string, Task<string?>> Check)
{
    /// <summary>The one list of them.</summary>
    public static IReadOnlyList<NotRun> Table { get; } =
    [
        new(@"^\./(run|test|build|bench|setup)\.sh", "builds the programs, installs packages or takes minutes", Now(Script)),
        new(@"^sudo apt (install|remove|purge) ", "needs root and a package server", Now(Packages)),
        new(@"^git pull$", "needs the repository's server", Now((_, _) => null)),
        new(@"^sudo nano ", "is an editor", Now(Editor)),
        new(@"^(sudo )?systemctl edit ", "is an editor", Now(Unit)),
        new(@"^(sudo )?systemctl (--user )?(enable --now|restart) ", "systemd is not the test's to command; the daemon is started with the configuration instead", Service),
        new(@"^(sudo )?(systemctl|journalctl) ", "systemd is not the test's to command", Now(Unit)),
        new(@"^(sudo )?systemd-creds ", "encrypts for the machine it runs on", Now(Credential)),
        new(@"^diarizer-train train mine\.json ", "trains for hours; the embedder that ships stands in for what it makes", Now(StandIn)),
        new(@"^diarizer-train train ", "trains for hours", Now(Training)),
        new(@"^diarizer-train .*--run ", "needs a trained run", Now(Parses)),
        new(@"^diarizer-train export RUN ", "needs a trained run", Now(Parses)),
        new(@"^out/diarizer-train voices ", "needs hundreds of crops of many voices", Now(Parses)),
        new(@"^diarizer-train import ", "needs a published checkpoint; ImportCommandTests imports one of its layout", Now(Parses)),
        new(@"^diarizer-train evaluate clusters ", "takes minutes; is run with fewer speakers", Instead("--speakers 40 --draws 20 --crop 1 --crops 10", "--speakers 3 --draws 2 --crop 1 --crops 1")),
        new(@"^diarizer-train simulate ", "takes minutes; is run for some seconds", Instead("--count 20 --minutes 5", "--count 1 --minutes 0.1")),
        new(@"^diarizer tune ", "takes an hour; TuneCommandTests searches with the real models", Now(Parses)),
        new(@"wyoming://kitchen\.local", "needs a satellite that waits to be called; WyomingSourceTests has one", Now(Parses)),
    ];

    /// <summary>The entry of a statement; null for one that is run.</summary>
    public static NotRun? Of(string statement) => Table.FirstOrDefault(entry => Regex.IsMatch(statement, entry.Pattern));

    private static Func<Sandbox, string, Task<string?>> Now(Func<Sandbox, string, string?> check) => (sandbox, statement) => Task.FromResult(check(sandbox, statement));

    private static Func<Sandbox, string, Task<string?>> Instead(string amounts, string fewer) => async (sandbox, statement) =>
        !statement.Contains(amounts, StringComparison.Ordinal) ? $"has no \"{amounts}\"; adapt the entry in {nameof(NotRun)}"
        : Parses(sandbox, statement) ?? await sandbox.RunAsync(statement.Replace(amounts, fewer, StringComparison.Ordinal));

    // There is such a script, it can be run, and it knows the options.
    private static string? Script(Sandbox sandbox, string statement)
    {
        var words = sandbox.Words(statement);
        var path = Repository.PathTo(words[0]);
        if (!File.Exists(path) || !File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute))
            return $"{words[0]} is no program";
        var text = File.ReadAllText(path);
        return words.Skip(1).FirstOrDefault(word => word.StartsWith("--", StringComparison.Ordinal) && !text.Contains(word, StringComparison.Ordinal)) is { } unknown
            ? $"{words[0]} knows no {unknown}" : null;
    }

    // Our own package is called as it is built, and the others are explained.
    private static string? Packages(Sandbox sandbox, string statement)
    {
        var explained = Repository.Read("docs", "dependencies.md");
        return sandbox.Words(statement).Skip(3).Where(word => !word.StartsWith("--", StringComparison.Ordinal))
            .FirstOrDefault(package => !OwnPackage().IsMatch(package) && package != "diarizer" && !explained.Contains(package, StringComparison.Ordinal)) is { } unknown
            ? $"the package {unknown} is neither ours nor in docs/dependencies.md" : null;
    }

    private static string? Editor(Sandbox sandbox, string statement) =>
        statement.Contains("/etc/diarizer/appsettings.json", StringComparison.Ordinal) ? null : "edits a file that the package does not have";

    private static string? Unit(Sandbox sandbox, string statement)
    {
        var unit = sandbox.Words(statement)[^1];
        var folder = statement.Contains("--user", StringComparison.Ordinal) ? "systemd/user" : "systemd";
        return unit == "daemon-reload" || File.Exists(Repository.PathTo(folder, unit + ".service")) ? null : $"there is no unit {unit} in {folder}";
    }

    private static async Task<string?> Service(Sandbox sandbox, string statement) =>
        Unit(sandbox, statement) ?? await sandbox.StartServiceAsync(ofUser: statement.Contains("--user", StringComparison.Ordinal));

    private static string? Credential(Sandbox sandbox, string statement) =>
        Repository.Read("systemd", "diarizer.service").Contains($"LoadCredential={CredentialName().Match(statement).Groups[1].Value}:", StringComparison.Ordinal)
            ? null : "the unit loads no such credential";

    // The configuration is one that the trainer would begin with.
    private static string? Training(Sandbox sandbox, string statement)
    {
        if (Parses(sandbox, statement) is { } problem)
            return problem;
        try
        {
            ConfigurationFile.ReadStages(sandbox.File(sandbox.Words(statement)[2]));
            return null;
        }
        catch (UserErrorException e)
        {
            return e.Message;
        }
    }

    private static string? StandIn(Sandbox sandbox, string statement)
    {
        Directory.CreateDirectory(sandbox.File("my-models"));
        foreach (var ending in (string[])[".safetensors", ".json"])
            File.Copy(Repository.PathTo("models", "embedder" + ending), sandbox.File("my-models/mine" + ending));
        return Training(sandbox, statement);
    }

    /// <summary>The real command line takes it.</summary>
    public static string? Parses(Sandbox sandbox, string statement)
    {
        var words = sandbox.Words(statement);
        RootCommand root = Path.GetFileName(words[0]) == "diarizer" ? DiarizerCommand.Create() : TrainerCommand.Create();
        return root.Parse(words[1..]).Errors is [var first, ..] ? first.Message : null;
    }

    [GeneratedRegex(@"^\./diarizer_[\w*.]+_amd64\.deb$")]
    private static partial Regex OwnPackage();

    [GeneratedRegex(@"--name=([\w-]+)")]
    private static partial Regex CredentialName();
}
