using System.Text.Json;
using Diarizer.Service.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Diarizer.Service.Health;

/// <summary>
/// <c>/health/live</c> and <c>/health/ready</c> answer 200 or 503 in one word, to whoever asks: nothing in it is about people. <c>/api/status</c> tells the whole and takes the token,
/// where there is one.
/// </summary>
/// <param name="checks">The checks.</param>
/// <param name="source">The status.</param>
internal sealed class HealthEndpoints(HealthCheckService checks, StatusSource source) : IWebEndpoints
{
    public const string StatusPath = "/api/status";
    public const string ReadyPath = "/health/ready";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", context => AnswerAsync<LiveCheck>(context)).WithMetadata(NoTokenNeeded.Instance);
        routes.MapGet(ReadyPath, context => AnswerAsync<ReadyCheck>(context)).WithMetadata(NoTokenNeeded.Instance);
        routes.MapGet(StatusPath, TellAsync);
    }

    private async Task AnswerAsync<TCheck>(HttpContext context)
    {
        var report = await checks.CheckHealthAsync(check => check.Name == typeof(TCheck).Name, context.RequestAborted);
        await Plain.AnswerAsync(context, report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK, report.Status.ToString());
    }

    private Task TellAsync(HttpContext context)
    {
        if (source.Read() is not { } status)
            return Plain.AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, "Starting");
        context.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(context.Response.Body, status, StatusJson.Default.NodeStatus, context.RequestAborted);
    }
}
