using System.Globalization;
using Diarizer.Audio;

namespace Diarizer.Service.Output;

/// <summary>Prints times on the sample clock for people.</summary>
public static class Clock
{
    /// <summary><c>m:ss.ff</c>, or <c>h:mm:ss.ff</c> from one hour on.</summary>
    public static string Format(long sample)
    {
        var time = TimeSpan.FromSeconds(SampleClock.ToSeconds(sample));
        var tail = time.ToString(@"ss\.ff", CultureInfo.InvariantCulture);
        return time.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{tail}")
            : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{tail}");
    }
}
