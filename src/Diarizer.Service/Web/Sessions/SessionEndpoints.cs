using System.Text;
using System.Text.Json;
using Diarizer.Audio;
using Diarizer.Mqtt.Contract;
using Diarizer.Service.Control;
using Diarizer.Service.Web.Live;
using Diarizer.Streaming.Scoring;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Diarizer.Service.Web.Sessions;

/// <summary><c>/api/sessions</c>: which sessions are remembered. <c>/api/sessions/&lt;id&gt;.json</c>, <c>.csv</c>, <c>.rttm</c>: one of them, as a file.</summary>
/// <param name="history">Who spoke when.</param>
internal sealed class SessionEndpoints(TurnHistory history) : IWebEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/sessions", ListAsync);
        routes.MapGet("/api/sessions/{file}", SendAsync);
    }

    private Task ListAsync(HttpContext context)
    {
        IReadOnlyList<SessionEntry> entries = [.. history.All().Select(r => new SessionEntry(
            r.Session.Stream, r.Session.SessionId, r.Session.StartedAt, r.Length is { } length ? r.Session.Milliseconds(length) : null, r.Turns.Count, r.Speakers.Count))];
        context.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(context.Response.Body, entries, SessionJson.Default.IReadOnlyListSessionEntry, context.RequestAborted);
    }

    private Task SendAsync(HttpContext context)
    {
        var file = (string)context.GetRouteValue("file")!;
        var (id, format) = (Path.GetFileNameWithoutExtension(file), Path.GetExtension(file));
        if (history.Find(id) is not { } record)
            return Plain.AnswerAsync(context, StatusCodes.Status404NotFound, "No such session is remembered.");
        (string Type, byte[] Content)? answer = format switch
        {
            ".json" => ("application/json", JsonSerializer.SerializeToUtf8Bytes(PageMapper.Session(record), PageJson.Default.PageSession)),
            ".csv" => ("text/csv; charset=utf-8", Text(writer => SessionCsv.Write(writer, record))),
            ".rttm" => ("text/plain; charset=utf-8", Text(writer => Rttm.Write(writer, Segments(record)))),
            _ => null,
        };
        if (answer is not { } found)
            return Plain.AnswerAsync(context, StatusCodes.Status404NotFound, "A session can be had as .json, .csv or .rttm.");
        context.Response.ContentType = found.Type;
        // The id is one of ours: it holds nothing that would have to be quoted.
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{id}{format}\"";
        return context.Response.Body.WriteAsync(found.Content, context.RequestAborted).AsTask();
    }

    private static IEnumerable<SpeakerSegment> Segments(SessionRecord record) => record.Turns
        .Where(t => t.End > t.Start)
        .Select(t => new SpeakerSegment(
            record.Session.SessionId, record.Session.Names.Of(t.Speaker.Id) ?? SpeakerMessage.IdOf(t.Speaker.Id), SampleClock.ToSeconds(t.Start), SampleClock.ToSeconds(t.End)));

    private static byte[] Text(Action<TextWriter> write)
    {
        using var writer = new StringWriter();
        write(writer);
        return Encoding.UTF8.GetBytes(writer.ToString());
    }
}
