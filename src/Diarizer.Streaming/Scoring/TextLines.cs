using System.Globalization;

namespace Diarizer.Streaming.Scoring;

/// <summary>The meaningful lines of an RTTM or UEM file, split into fields.</summary>
internal static class TextLines
{
    private static readonly char[] Blanks = [' ', '\t', '\r', '\uFEFF'];

    /// <summary>Lines that are neither empty nor comments (<c>#</c> or <c>;</c>, <c>;;</c>), with their numbers from 1.</summary>
    public static IEnumerable<(int Number, string[] Fields)> Read(TextReader reader)
    {
        var number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            var fields = line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 0 && fields[0][0] is not ('#' or ';'))
                yield return (number, fields);
        }
    }

    /// <summary>Seconds, not negative.</summary>
    /// <exception cref="UserErrorException">It is none.</exception>
    public static double Seconds(string field, string what, string source, int line)
    {
        if (double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value >= 0)
            return value;
        throw new UserErrorException($"{source}, line {line}: {what} is '{ForeignText.Clip(field)}', but it must be a number of seconds, not negative; correct the line.");
    }
}
