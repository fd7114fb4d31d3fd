using System.Diagnostics;
using System.Globalization;
using Diarizer.Fuzz.Targets;

namespace Diarizer.Fuzz;

/// <summary>What the command line does.</summary>
internal static class Runs
{
    /// <summary>Fuzzes the named targets and prints figures; inputs that broke a promise are left in the working directory.</summary>
    /// <returns>0 when nothing was found.</returns>
    public static int Fuzz(IReadOnlyList<string> names, long executions, int seed)
    {
        names = names.Count > 0 ? names : FuzzTargets.Names;
        var clock = Stopwatch.StartNew();
        long done = 0;
        var found = 0;
        foreach (var name in names)
        {
            using var target = FuzzTargets.Create(name);
            var report = new Fuzzer(target, seed).Run((executions + names.Count - 1) / names.Count, input => EndHanging(name, input));
            Print(report);
            done += report.Executions;
            foreach (var finding in report.Findings)
                Console.Error.WriteLine($"fuzz: {name}: {finding.What}\n      {Keep(name, finding.Input, found++)}");
        }

        Figure("fuzz: executions", done.ToString("N0", CultureInfo.InvariantCulture));
        Figure("fuzz: findings", found.ToString(CultureInfo.InvariantCulture));
        Figure("fuzz: took", $"{clock.Elapsed.TotalSeconds:F0} s");
        return found == 0 ? 0 : 1;
    }

    /// <summary>Reads one file and says what comes of it; a crash is shown whole.</summary>
    public static int Replay(string file, IReadOnlyList<string> names)
    {
        using var target = FuzzTargets.Create(names is [var name] ? name : throw new UserErrorException("--replay needs the target: give its name, too."));
        try
        {
            Console.WriteLine($"accepted: {target.Read(File.ReadAllBytes(file))}");
        }
        catch (UserErrorException refusal)
        {
            Console.WriteLine($"refused: {Reason.Check(refusal.Message)}");
        }

        return 0;
    }

    private static void Print(FuzzReport report)
    {
        var name = $"fuzz {report.Target}";
        Figure($"{name}: executions", string.Create(CultureInfo.InvariantCulture, $"{report.Executions:N0}, accepted {report.Accepted:N0}, different outcomes {report.Outcomes:N0}"));
        Figure($"{name}: slowest", string.Create(CultureInfo.InvariantCulture, $"{report.Slowest.TotalMilliseconds:F1} ms of the processor"));
        Figure($"{name}: most memory allocated at once", string.Create(CultureInfo.InvariantCulture, $"{report.Greediest / 1e6:F1} MB"));
        Figure($"{name}: growth in the second half", string.Create(CultureInfo.InvariantCulture, $"heap {report.Growth / 1e6:F1} MB, process {report.ProcessGrowth / 1e6:F1} MB"));
        Figure($"{name}: findings", report.Findings.Count.ToString(CultureInfo.InvariantCulture));
    }

    private static void Figure(string what, string value) => Console.WriteLine($"{what}\t{value}");

    private static void EndHanging(string name, byte[] input)
    {
        Console.Error.WriteLine($"fuzz: {name} hangs: {Keep(name, input, 0)}");
        Environment.Exit(1);
    }

    private static string Keep(string name, byte[] input, int number)
    {
        var file = $"fuzz-{name}-{number}.bin";
        File.WriteAllBytes(file, input);
        return file;
    }
}
