using System.Text;
using Diarizer.Service.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Diarizer.Service.Telemetry;

/// <summary><c>GET /metrics</c> for Prometheus. It tells how many people speak in which room, so it takes the token where there is one.</summary>
internal sealed class MetricsEndpoint(MetricsCollector collector) : IWebEndpoints
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", AnswerAsync);

    private Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(collector.Scrape()), context.RequestAborted).AsTask();
    }
}
