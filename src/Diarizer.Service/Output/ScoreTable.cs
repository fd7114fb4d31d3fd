using System.Globalization;
using System.Text.Json;
using Diarizer.Streaming.Scoring;

namespace Diarizer.Service.Output;

/// <summary>The result of scoring, for each recording and pooled.</summary>
/// <param name="Rows">In order of name.</param>
/// <param name="Total">Sums of errors over the sum of speech; mean JER over all speakers.</param>
public sealed record ScoreTable(IReadOnlyList<ScoreRow> Rows, ScoreRow Total)
{
    /// <summary>Scores everything.</summary>
    public static ScoreTable Make(
        IReadOnlyList<SpeakerSegment> reference, IReadOnlyList<SpeakerSegment> hypothesis, IReadOnlyDictionary<string, IReadOnlyList<Interval>>? uem, ScoringOptions options)
    {
        var errors = DiarizationErrorRate.Score(reference, hypothesis, uem, options);
        var jaccard = JaccardErrorRate.Score(reference, hypothesis, uem);
        return new ScoreTable(
            [.. errors.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => new ScoreRow(e.Key, e.Value, JaccardErrorRate.Pool([jaccard[e.Key]])))],
            new ScoreRow("pooled", DiarizationErrorRate.Pool(errors.Values), JaccardErrorRate.Pool(jaccard.Values)));
    }

    /// <summary>Prints percentages, or one JSON object a row with fractions and seconds.</summary>
    public void Write(TextWriter output, bool json)
    {
        if (!json)
            output.WriteLine($"{"",-28} {"DER %",7} {"miss",7} {"false",7} {"conf.",7} {"JER %",7} {"speech s",9}");
        foreach (var row in Rows.Append(Total))
            output.WriteLine(json ? row.ToJson() : row.ToText());
    }
}

/// <summary>Scores of one recording, or of all.</summary>
/// <param name="Name">The recording, or <c>pooled</c>.</param>
/// <param name="Errors">Seconds.</param>
/// <param name="Jaccard">Jaccard error rate, 0 to 1.</param>
public sealed record ScoreRow(string Name, DiarizationErrors Errors, double Jaccard)
{
    internal string ToText() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name,-28} {100 * Errors.Rate,7:F2} {Percent(Errors.Missed),7:F2} {Percent(Errors.FalseAlarm),7:F2} {Percent(Errors.Confusion),7:F2} {100 * Jaccard,7:F2} {Errors.Speech,9:F2}");

    internal string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("recording", Name);
            WriteFraction(json, "der", Errors.Rate);
            json.WriteNumber("miss_s", Math.Round(Errors.Missed, 4));
            json.WriteNumber("false_alarm_s", Math.Round(Errors.FalseAlarm, 4));
            json.WriteNumber("confusion_s", Math.Round(Errors.Confusion, 4));
            WriteFraction(json, "jer", Jaccard);
            json.WriteNumber("speech_s", Math.Round(Errors.Speech, 4));
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private double Percent(double seconds) => Errors.Speech > 0 ? 100 * seconds / Errors.Speech : 0;

    // JSON has no infinity: errors without any true speech have no rate.
    private static void WriteFraction(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, Math.Round(value, 6));
        else
            json.WriteNull(name);
    }
}
