using System.Diagnostics;
using Diarizer.Documentation.Tests.Shell;
using Diarizer.Tests.Shared;

namespace Diarizer.Documentation.Tests.Snippets;

/// <summary>Drop-ins for the unit, as <c>systemctl edit</c> makes them.</summary>
internal static class UnitSnippets
{
    /// <summary>What is wrong, or null; nothing is looked at where systemd is not.</summary>
    public static string? Problem(string text, Sandbox sandbox)
    {
        if (!File.Exists("/usr/bin/systemd-analyze"))
            return null;
        var folder = sandbox.File("units");
        Directory.CreateDirectory(Path.Combine(folder, "diarizer.service.d"));
        var unit = Path.Combine(folder, "diarizer.service");
        File.WriteAllText(unit, Repository.Read("systemd", "diarizer.service").Replace("ExecStart=/opt/diarizer/diarizer", "ExecStart=/bin/true", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(folder, "diarizer.service.d", "page.conf"), text);
        using var analyze = Process.Start(new ProcessStartInfo("systemd-analyze", ["--man=no", "verify", unit]) { RedirectStandardError = true })!;
        var complaints = analyze.StandardError.ReadToEnd();
        analyze.WaitForExit();
        return complaints.Length == 0 && analyze.ExitCode == 0 ? null : complaints;
    }
}
