namespace Diarizer.Service.Options;

/// <summary>Where the daemon keeps what must outlive it.</summary>
public static class StateDirectory
{
    private const string Name = "diarizer";

    /// <summary>
    /// The configured directory; else systemd's (<c>$STATE_DIRECTORY</c>, set by <c>StateDirectory=</c> in the unit), else <c>$XDG_STATE_HOME/diarizer</c>,
    /// else <c>~/.local/state/diarizer</c>, else <c>state</c> in the working directory. Need not exist yet.
    /// </summary>
    /// <param name="configured">Value of <see cref="DiarizerOptions.StateDirectory"/>.</param>
    /// <param name="variable">Reads an environment variable.</param>
    public static string Locate(string? configured, Func<string, string?>? variable = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        if (!string.IsNullOrWhiteSpace(configured))
            return Path.GetFullPath(configured);
        // systemd separates several by colons; the first is the daemon's.
        if (variable("STATE_DIRECTORY") is { Length: > 0 } systemd)
            return systemd.Split(':')[0];
        if (variable("XDG_STATE_HOME") is { Length: > 0 } xdg && Path.IsPathRooted(xdg))
            return Path.Combine(xdg, Name);
        return variable("HOME") is { Length: > 0 } home ? Path.Combine(home, ".local", "state", Name) : Path.GetFullPath("state");
    }
}
