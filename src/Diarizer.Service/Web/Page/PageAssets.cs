using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Diarizer.Service.Web.Page;

/// <summary>The page itself, as it lies in the program: plain HTML, CSS and modules, without a build step.</summary>
internal sealed class PageAssets : IWebEndpoints
{
    private const string Prefix = "page/";
    private const string Start = "index.html";

    public void Map(IEndpointRouteBuilder routes)
    {
        var program = Assembly.GetExecutingAssembly();
        foreach (var name in program.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var file = name[Prefix.Length..];
            var asset = Read(program, name, file);
            routes.MapGet(file == Start ? "/" : $"/{file}", context => asset.SendAsync(context)).WithMetadata(NoTokenNeeded.Instance);
        }
    }

    private static Asset Read(Assembly program, string name, string file)
    {
        using var stream = program.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new(content, TypeOf(file), $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}\"");
    }

    private static string TypeOf(string file) => Path.GetExtension(file) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };

    private sealed record Asset(byte[] Content, string Type, string Tag)
    {
        public Task SendAsync(HttpContext context)
        {
            var response = context.Response;
            response.Headers.CacheControl = "no-cache";
            response.Headers.ETag = Tag;
            if (context.Request.Headers.IfNoneMatch == Tag)
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }

            (response.ContentType, response.ContentLength) = (Type, Content.Length);
            return response.Body.WriteAsync(Content, context.RequestAborted).AsTask();
        }
    }
}
