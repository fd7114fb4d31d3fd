using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Diarizer.Service.Web.Live;

/// <summary><c>/api/state</c>: what is true now. <c>/api/events</c>: the same, and from then on what changes.</summary>
/// <param name="state">What is true now.</param>
/// <param name="feed">What changes.</param>
/// <param name="most">Pages that may be open at the same time.</param>
internal sealed class LiveEndpoints(PageState state, LiveFeed feed, int most) : IWebEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/state", context =>
        {
            context.Response.ContentType = "application/json";
            return JsonSerializer.SerializeAsync(context.Response.Body, state.Snapshot(), PageJson.Default.PageSnapshot, context.RequestAborted);
        });
        routes.MapGet("/api/events", StreamAsync);
    }

    private async Task StreamAsync(HttpContext context)
    {
        if (feed.Subscribe(most) is not { } page)
        {
            await Plain.AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, $"{most} pages are open already; close one, or raise Diarizer:Web:MaxPages.");
            return;
        }

        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await SendAsync(context, page, end.Token);
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the daemon stops.
        }
        finally
        {
            feed.Unsubscribe(page);
        }
    }

    private async Task SendAsync(HttpContext context, PageSubscription page, CancellationToken end)
    {
        context.Response.ContentType = "text/event-stream";
        // nginx would collect events before it passes them on.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var body = context.Response.BodyWriter;
        await body.WriteAsync(Snapshot(), end);
        while (await page.WaitAsync(end))
        {
            if (page.TakeMissed())
                await body.WriteAsync(Snapshot(), end);
            while (page.TryTake(out var frame))
                await body.WriteAsync(frame, end);
        }
    }

    private byte[] Snapshot() => LiveFeed.Frame("snapshot", state.Snapshot(), PageJson.Default.PageSnapshot);
}
