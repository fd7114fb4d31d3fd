using System.Diagnostics;

namespace Diarizer.Mqtt.Broker;

/// <summary>The command that starts <c>mosquitto</c> such that it does not outlive us and has no privileges.</summary>
internal static class MosquittoCommand
{
    private const string Nobody = "65534";

    // A user's PATH often lacks the sbin directories, where Debian puts the broker.
    private static readonly string[] SystemDirectories = ["/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin"];

    /// <param name="configuration">Path of the configuration file.</param>
    /// <exception cref="UserErrorException">There is no <c>mosquitto</c>.</exception>
    public static ProcessStartInfo For(string configuration)
    {
        var broker = Find("mosquitto") ?? throw new UserErrorException(
            "The embedded broker needs the program mosquitto, which is not installed: run \"apt-get install mosquitto\", or set Mqtt:Host to a broker that runs elsewhere.");
        var arguments = new List<string>();
        // Ctrl+C in a terminal goes to the whole session: in one of its own the broker stays until the daemon has said goodbye.
        if (Find("setsid") is { } setsid)
            arguments.Add(setsid);
        if (Find("setpriv") is { } setpriv)
        {
            arguments.Add(setpriv);
            // The kernel forgets the parent-death signal when a process changes its user, so root changes it before and not in mosquitto.
            if (Environment.IsPrivilegedProcess)
                arguments.AddRange(["--reuid", Nobody, "--regid", Nobody, "--clear-groups"]);
            arguments.AddRange(["--no-new-privs", "--pdeathsig", "TERM", "--"]);
        }
        arguments.AddRange([broker, "-c", configuration]);
        return new ProcessStartInfo(arguments[0], arguments[1..])
        {
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
    }

    private static string? Find(string program)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return path.Concat(SystemDirectories).Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);
    }
}
