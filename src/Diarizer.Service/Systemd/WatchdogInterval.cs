using System.Globalization;

namespace Diarizer.Service.Systemd;

/// <summary>How often systemd wants a sign of life (see sd_watchdog_enabled(3)).</summary>
public static class WatchdogInterval
{
    /// <summary>Half of <c>WATCHDOG_USEC</c> when it is meant for this process; null when no watchdog is set.</summary>
    public static TimeSpan? FromEnvironment() => Parse(
        Environment.GetEnvironmentVariable("WATCHDOG_USEC"), Environment.GetEnvironmentVariable("WATCHDOG_PID"), Environment.ProcessId);

    /// <summary>Half of <paramref name="microseconds"/>, unless <paramref name="pid"/> names another process.</summary>
    public static TimeSpan? Parse(string? microseconds, string? pid, int ownPid)
    {
        if (pid is { Length: > 0 } && pid != ownPid.ToString(CultureInfo.InvariantCulture))
            return null;
        return long.TryParse(microseconds, CultureInfo.InvariantCulture, out var value) && value > 0 ? TimeSpan.FromMicroseconds(value) / 2 : null;
    }
}
