using System.Globalization;
using Diarizer.Mqtt.Contract;
using Diarizer.Service.Control;

namespace Diarizer.Service.Web.Sessions;

/// <summary>A session as a table for spreadsheets (RFC 4180).</summary>
internal static class SessionCsv
{
    private const string Header = "stream,session,turn,speaker,name,start,end,start_s,end_s,duration_s,confidence,decided\r\n";

    public static void Write(TextWriter writer, SessionRecord record)
    {
        writer.Write(Header);
        var session = record.Session;
        foreach (var turn in record.Turns)
        {
            var (start, end) = (session.Milliseconds(turn.Start) / 1000.0, session.Milliseconds(turn.End) / 1000.0);
            string[] cells =
            [
                session.Stream, session.SessionId, $"{turn.TurnId}", SpeakerMessage.IdOf(turn.Speaker.Id), session.Names.Of(turn.Speaker.Id) ?? "",
                Utc(session.At(turn.Start)), Utc(session.At(turn.End)), Seconds(start), Seconds(end), Seconds(end - start),
                turn.Speaker.Confidence.ToString("F3", CultureInfo.InvariantCulture), turn.Speaker.Decided ? "true" : "false",
            ];
            writer.Write(string.Join(',', cells.Select(Cell)));
            writer.Write("\r\n");
        }
    }

    /// <summary>A cell; one that a spreadsheet would take for a formula gets an apostrophe before it.</summary>
    public static string Cell(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r')
            text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Seconds(double seconds) => seconds.ToString("F3", CultureInfo.InvariantCulture);
}
