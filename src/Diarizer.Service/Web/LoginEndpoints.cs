using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Diarizer.Service.Web;

/// <summary><c>POST /api/login</c> takes the token for a cookie that scripts cannot read and other sites cannot send; <c>POST /api/logout</c> takes it back.</summary>
/// <param name="token">The token; null when none is asked for.</param>
internal sealed class LoginEndpoints(AccessToken? token) : IWebEndpoints, IDisposable
{
    public const string CookieName = "diarizer";

    // Whoever guesses has a long wait before them.
    private readonly TokenBucketRateLimiter _attempts = new(new() { TokenLimit = 10, TokensPerPeriod = 1, ReplenishmentPeriod = TimeSpan.FromSeconds(1) });

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/login", LogInAsync).WithMetadata(NoTokenNeeded.Instance);
        routes.MapPost("/api/logout", LogOut).WithMetadata(NoTokenNeeded.Instance);
    }

    public void Dispose() => _attempts.Dispose();

    private async Task LogInAsync(HttpContext context)
    {
        using var lease = _attempts.AttemptAcquire();
        if (!lease.IsAcquired)
        {
            await Plain.AnswerAsync(context, StatusCodes.Status429TooManyRequests, "Too many attempts; wait some seconds.");
            return;
        }

        if (token is null || await ReadAsync(context) is not { } given || !token.IsToken(given))
        {
            await Plain.AnswerAsync(context, StatusCodes.Status403Forbidden, "That is not the token.");
            return;
        }

        // A cookie for https alone, where the page came over it; a reverse proxy speaks http to us.
        context.Response.Cookies.Append(CookieName, token.Cookie, CookieOptions(context.Request, TimeSpan.FromDays(30)));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static Task LogOut(HttpContext context)
    {
        context.Response.Cookies.Append(CookieName, "", CookieOptions(context.Request, TimeSpan.Zero));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static CookieOptions CookieOptions(HttpRequest request, TimeSpan age) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = request.Headers.Origin.ToString().StartsWith("https:", StringComparison.OrdinalIgnoreCase),
        MaxAge = age,
        Path = "/",
    };

    private static async Task<string?> ReadAsync(HttpContext context)
    {
        try
        {
            return (await JsonSerializer.DeserializeAsync(context.Request.Body, LoginJson.Default.LoginRequest, context.RequestAborted))?.Token;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What <c>/api/login</c> is told.</summary>
/// <param name="Token">The token.</param>
internal sealed record LoginRequest(string Token);

/// <summary>Serialization of the login.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LoginRequest))]
internal sealed partial class LoginJson : JsonSerializerContext;
