using System.Diagnostics;

namespace Diarizer.Training.Tests.Commands;

/// <summary>The real program as a process of its own.</summary>
internal static class TrainerProcess
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "diarizer-train.dll");

    public static (int Code, string Output, string Error) Run(TemporaryFolder folder, string[] arguments)
    {
        using var process = Start(folder, arguments);
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    public static Process Start(TemporaryFolder folder, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        return Process.Start(start)!;
    }
}
