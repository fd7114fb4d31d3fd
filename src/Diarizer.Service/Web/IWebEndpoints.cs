using Microsoft.AspNetCore.Routing;

namespace Diarizer.Service.Web;

/// <summary>
/// Something that the web server answers. Every request has passed the checks of <see cref="RequestGuard"/> and, unless the endpoint carries
/// <see cref="NoTokenNeeded"/>, brought the token where one is asked for.
/// </summary>
public interface IWebEndpoints
{
    /// <summary>Adds its routes; called once, before the server listens.</summary>
    void Map(IEndpointRouteBuilder routes);
}

/// <summary>Metadata of an endpoint that tells nothing about people and may be had without the token.</summary>
public sealed class NoTokenNeeded
{
    /// <summary>The only one.</summary>
    public static NoTokenNeeded Instance { get; } = new();
}
