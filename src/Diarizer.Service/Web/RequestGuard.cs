using System.Net;
using Microsoft.AspNetCore.Http;

namespace Diarizer.Service.Web;

/// <summary>
/// Turns away what a foreign web page makes a visitor's browser send, and sets the headers that hold for every answer. A request must name a host that is known (a name
/// that was rebound to this machine's address is not), and one that changes something must come from a page of this server.
/// </summary>
/// <param name="hosts">See <see cref="WebOptions.Hosts"/>.</param>
internal sealed class RequestGuard(IReadOnlyList<string> hosts)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (!IsKnown(context.Request.Host))
            return Plain.AnswerAsync(context, StatusCodes.Status421MisdirectedRequest, "This host name is not known here; add it to Diarizer:Web:Hosts.");
        if (!IsOwnPage(context.Request))
            return Plain.AnswerAsync(context, StatusCodes.Status403Forbidden, "This request came from a page of another site.");
        return next(context);
    }

    private bool IsKnown(HostString host) =>
        IPAddress.TryParse(host.Host.Trim('[', ']'), out _)
        || host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || hosts.Contains(host.Host, StringComparer.OrdinalIgnoreCase);

    private static bool IsOwnPage(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return true;
        // A form of another site can send text and forms, never JSON; scripts of another site send their origin.
        return request.HasJsonContentType()
            && request.Headers.Origin is var origins
            && (origins.Count == 0 || (Uri.TryCreate(origins.ToString(), UriKind.Absolute, out var origin) && SameAuthority(origin, request.Host)))
            && request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
    }

    private static bool SameAuthority(Uri origin, HostString host)
    {
        var port = host.Port ?? (origin.Scheme == Uri.UriSchemeHttps ? 443 : 80);
        return origin.Host.Trim('[', ']').Equals(host.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase) && origin.Port == port;
    }
}
