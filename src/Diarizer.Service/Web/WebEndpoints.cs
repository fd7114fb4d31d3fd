using Diarizer.Mqtt.Commands;
using Diarizer.Service.Control;
using Diarizer.Service.Web.Live;
using Diarizer.Service.Web.Page;
using Diarizer.Service.Web.Sessions;

namespace Diarizer.Service.Web;

/// <summary>Everything that the web server answers: the map of it.</summary>
internal static class WebEndpoints
{
    public static IReadOnlyList<IWebEndpoints> For(WebOptions options, LivePage page, TurnHistory history, CommandDispatcher commands)
    {
        List<IWebEndpoints> endpoints = [new PageAssets(), page.Endpoints, new SessionEndpoints(history)];
        if (options.Commands)
            endpoints.Add(new CommandEndpoints(commands));
        return endpoints;
    }
}
