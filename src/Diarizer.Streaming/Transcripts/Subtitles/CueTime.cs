using System.Globalization;
using System.Text.RegularExpressions;

namespace Diarizer.Streaming.Transcripts.Subtitles;

/// <summary>Times of cues: <c>01:02:03,450</c> in SubRip, <c>01:02:03.450</c> or <c>02:03.450</c> in WebVTT; both are read in both.</summary>
internal static partial class CueTime
{
    /// <summary>Reads a time.</summary>
    /// <returns>Seconds, or null if it is none.</returns>
    public static double? Parse(ReadOnlySpan<char> text)
    {
        var match = Pattern().Match(text.ToString());
        if (!match.Success)
            return null;
        var (minutes, seconds) = (Number(match.Groups["m"]), Number(match.Groups["s"]));
        if (minutes > 59 || seconds > 59)
            return null;
        var milliseconds = match.Groups["f"].Success ? Number(match.Groups["f"].Value.PadRight(3, '0')) : 0;
        return ((Number(match.Groups["h"]) * 3600L) + (minutes * 60) + seconds) + (milliseconds / 1000.0);
    }

    /// <summary>Writes a time in the form of another one: as many digits for hours, if any, and the same mark before milliseconds.</summary>
    public static string Format(double seconds, string like)
    {
        var milliseconds = (long)Math.Round(seconds * 1000);
        var match = Pattern().Match(like);
        var mark = like.Contains(',', StringComparison.Ordinal) ? ',' : '.';
        var text = string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 60_000 % 60:00}:{milliseconds / 1000 % 60:00}{mark}{milliseconds % 1000:000}");
        var hours = milliseconds / 3_600_000;
        if (hours == 0 && !match.Groups["h"].Success)
            return text;
        var digits = match.Groups["h"].Success ? match.Groups["h"].Length : 2;
        return $"{hours.ToString($"D{digits}", CultureInfo.InvariantCulture)}:{text}";
    }

    private static int Number(Group group) => group.Success ? Number(group.Value) : 0;

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A(?:(?<h>[0-9]{1,4}):)?(?<m>[0-9]{1,2}):(?<s>[0-9]{2})(?:[.,](?<f>[0-9]{1,3}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
