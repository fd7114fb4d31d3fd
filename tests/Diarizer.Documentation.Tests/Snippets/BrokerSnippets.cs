using System.Diagnostics;
using System.Text.RegularExpressions;
using Diarizer.Documentation.Tests.Pages;
using Diarizer.Documentation.Tests.Shell;
using Diarizer.Service.Tests.EndToEnd;

namespace Diarizer.Documentation.Tests.Snippets;

/// <summary>Configurations of mosquitto: the real one starts with them. What its ACL permits is tested by SecuredBrokerTests.</summary>
internal static partial class BrokerSnippets
{
    /// <summary>What is wrong, or null. An ACL is put where the configuration names it, and both are tried together.</summary>
    public static string? Problem(Snippet snippet, Sandbox sandbox)
    {
        if (snippet.Language == "conf")
        {
            File.WriteAllText(sandbox.File("root/etc/mosquitto/conf.d/diarizer.conf"), Listener().Replace(sandbox.Localise(snippet.Text), $"listener {Broker.FreePort()} 127.0.0.1"));
            return null;
        }

        File.WriteAllText(sandbox.File("root/etc/mosquitto/diarizer.acl"), snippet.Text);
        Directory.CreateDirectory(sandbox.File("root/etc/mosquitto/certs"));
        File.WriteAllText(sandbox.File("root/etc/mosquitto/passwords"), "");
        Certify(sandbox);
        var program = File.Exists("/usr/sbin/mosquitto") ? "/usr/sbin/mosquitto" : "mosquitto";
        using var broker = Process.Start(new ProcessStartInfo(program, ["-v", "-c", sandbox.File("root/etc/mosquitto/conf.d/diarizer.conf")]) { RedirectStandardError = true })!;
        var said = new List<string>();
        while (broker.StandardError.ReadLine() is { } line)
        {
            said.Add(line);
            if (!line.EndsWith(" running", StringComparison.Ordinal))
                continue;
            broker.Kill();
            broker.WaitForExit();
            return null;
        }

        return string.Join('\n', said);
    }

    private static void Certify(Sandbox sandbox)
    {
        foreach (var name in (string[])["ca", "broker"])
            File.WriteAllText(sandbox.File($"root/etc/mosquitto/certs/{name}.pem"), Certificates.Authority);
        File.WriteAllText(sandbox.File("root/etc/mosquitto/certs/broker.key"), Certificates.Key);
        // mosquitto gives up root before it reads them.
        foreach (var file in Directory.EnumerateFiles(sandbox.File("root/etc/mosquitto"), "*", SearchOption.AllDirectories))
            File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.OtherRead);
        for (var folder = sandbox.File("root/etc/mosquitto/certs"); folder != Path.GetTempPath().TrimEnd('/'); folder = Path.GetDirectoryName(folder)!)
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
    }

    [GeneratedRegex(@"^listener \d+", RegexOptions.Multiline)]
    private static partial Regex Listener();
}
