using System.Text.Json;
using Diarizer.Mqtt.Commands;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Diarizer.Service.Web;

/// <summary><c>POST /api/commands/&lt;command&gt;</c>: the commands of the MQTT contract, with the same requests and answers. Status 422 for what was not done.</summary>
/// <param name="commands">Executes them.</param>
internal sealed class CommandEndpoints(CommandDispatcher commands) : IWebEndpoints
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/commands/{**name}", ExecuteAsync);

    private async Task ExecuteAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        }
        catch (BadHttpRequestException e)
        {
            await Plain.AnswerAsync(context, e.StatusCode, "The command is too long.");
            return;
        }

        var name = (string?)context.GetRouteValue("name") ?? "";
        var response = await commands.ExecuteAsync(name, body.ToArray(), context.RequestAborted);
        context.Response.StatusCode = response.Status == CommandStatus.Ok ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
        context.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(context.Response.Body, response, CommandJson.Default.CommandResponse, context.RequestAborted);
    }
}
