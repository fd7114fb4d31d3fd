using Microsoft.AspNetCore.Http;

namespace Diarizer.Service.Web;

/// <summary>Lets those pass who brought the token, as <c>Authorization: Bearer</c> or as the cookie of <see cref="LoginEndpoints"/>.</summary>
/// <param name="token">The token; null when none is asked for.</param>
internal sealed class TokenGate(AccessToken? token)
{
    private const string Bearer = "Bearer ";

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (token is null || context.GetEndpoint()?.Metadata.GetMetadata<NoTokenNeeded>() is not null || IsWelcome(context.Request))
            return next(context);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Plain.AnswerAsync(context, StatusCodes.Status401Unauthorized, "Give the token: Authorization: Bearer …");
    }

    private bool IsWelcome(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? token!.IsToken(header[Bearer.Length..].Trim())
            : request.Cookies[LoginEndpoints.CookieName] is { } cookie && token!.IsCookie(cookie);
    }
}
