namespace Diarizer.Service.Options;

/// <summary>Where commands keep what can be computed again.</summary>
public static class CacheDirectory
{
    private const string Name = "diarizer";

    /// <summary>
    /// The given directory; else systemd's (<c>$CACHE_DIRECTORY</c>), else <c>$XDG_CACHE_HOME/diarizer</c>, else <c>~/.cache/diarizer</c>, else <c>cache</c> in the working
    /// directory. Need not exist yet.
    /// </summary>
    /// <param name="given">Value of <c>--cache</c>, or null.</param>
    /// <param name="variable">Reads an environment variable.</param>
    public static string Locate(string? given, Func<string, string?>? variable = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        if (!string.IsNullOrWhiteSpace(given))
            return Path.GetFullPath(given);
        if (variable("CACHE_DIRECTORY") is { Length: > 0 } systemd)
            return systemd.Split(':')[0];
        if (variable("XDG_CACHE_HOME") is { Length: > 0 } xdg && Path.IsPathRooted(xdg))
            return Path.Combine(xdg, Name);
        return variable("HOME") is { Length: > 0 } home ? Path.Combine(home, ".cache", Name) : Path.GetFullPath("cache");
    }
}
