using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Diarizer.Service.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diarizer.Service.Tests.Web;

/// <summary>The real server on loopback, asked as browsers, foreign pages and programs ask.</summary>
public sealed class WebServerTests : IDisposable
{
    private const string Token = "0123456789abcdef0123";

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false });

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_it_is_asked_for_is_answered_with_headers_that_keep_other_sites_out()
    {
        await using var server = await StartAsync(new());
        using var answer = await _client.GetAsync(new Uri(server.Address, "secret"), Stop);
        Assert.Equal("what was said", await answer.Content.ReadAsStringAsync(Stop));
        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("rooms.example", HttpStatusCode.OK)]
    [InlineData("localhost:8420", HttpStatusCode.OK)]
    [InlineData("[::1]:8420", HttpStatusCode.OK)]
    [InlineData("rebound.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.rebound.example", HttpStatusCode.MisdirectedRequest)]
    public async Task A_name_that_was_rebound_to_this_machine_gets_nothing(string host, HttpStatusCode expected)
    {
        await using var server = await StartAsync(new() { Hosts = ["rooms.example"] });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "secret"));
        request.Headers.Host = host;
        using var answer = await _client.SendAsync(request, Stop);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData(null, "application/json", HttpStatusCode.OK)]
    [InlineData("self", "application/json", HttpStatusCode.OK)]
    [InlineData("https://foreign.example", "application/json", HttpStatusCode.Forbidden)]
    [InlineData("http://127.0.0.1:1", "application/json", HttpStatusCode.Forbidden)]
    [InlineData("null", "application/json", HttpStatusCode.Forbidden)]
    [InlineData(null, "text/plain", HttpStatusCode.Forbidden)]
    [InlineData(null, "application/x-www-form-urlencoded", HttpStatusCode.Forbidden)]
    public async Task A_page_of_another_site_changes_nothing(string? origin, string type, HttpStatusCode expected)
    {
        await using var server = await StartAsync(new());
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "change")) { Content = new StringContent("{}", Encoding.UTF8, type) };
        if (origin is not null)
            request.Headers.Add("Origin", origin == "self" ? server.Address.GetLeftPart(UriPartial.Authority) : origin);
        using var answer = await _client.SendAsync(request, Stop);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task With_a_token_only_those_who_know_it_are_answered()
    {
        await using var server = await StartAsync(new() { TokenFile = _folder.Write("token", Token + "\n") });
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, r => r.Headers.Authorization = new("Bearer", Token[..^1])));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, r => r.Headers.Add("Cookie", "diarizer=" + Token)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, r => r.Headers.Authorization = new("Bearer", Token)));

        using var wrong = await LogInAsync(server, "x");
        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        using var right = await LogInAsync(server, Token);
        var cookie = right.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Token, cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, r => r.Headers.Add("Cookie", cookie.Split(';')[0])));
        Assert.Equal("anybody may", await _client.GetStringAsync(new Uri(server.Address, "open"), Stop));
    }

    [Fact]
    public async Task Guessing_the_token_is_slowed_down()
    {
        await using var server = await StartAsync(new() { TokenFile = _folder.Write("token", Token) });
        List<HttpStatusCode> answers = [];
        for (var i = 0; i < 20; i++)
        {
            using var answer = await LogInAsync(server, $"guess {i}");
            answers.Add(answer.StatusCode);
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
    }

    [Fact]
    public async Task A_port_that_is_taken_and_a_token_that_is_none_are_told_in_a_sentence()
    {
        await using var first = await StartAsync(new());
        var taken = await Assert.ThrowsAsync<UserErrorException>(() => StartAsync(new() { Port = first.Address.Port }));
        Assert.Equal(
            $"The web page cannot listen on 127.0.0.1, port {first.Address.Port} (another program uses it); choose another with Diarizer:Web:Port, or turn it off with Diarizer:Web:Enabled.", taken.Message);
        var weak = await Assert.ThrowsAsync<UserErrorException>(() => StartAsync(new() { TokenFile = _folder.Write("weak", "1234") }));
        Assert.Contains("shorter than 16 characters", weak.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("1234", weak.Message.Replace(_folder.Path, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Task<WebServer> StartAsync(WebOptions options) =>
        WebServer.StartAsync(options.Port == 8420 ? options with { Port = 0 } : options, [new Secrets()], 1000, NullLoggerFactory.Instance, Stop);

    private async Task<HttpStatusCode> StatusAsync(WebServer server, Action<HttpRequestMessage>? change)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "secret"));
        change?.Invoke(request);
        using var answer = await _client.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> LogInAsync(WebServer server, string token)
    {
        using var content = new StringContent($$"""{"token":"{{token}}"}""", Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        return await _client.PostAsync(new Uri(server.Address, "api/login"), content, Stop);
    }

    private sealed class Secrets : IWebEndpoints
    {
        public void Map(IEndpointRouteBuilder routes)
        {
            routes.MapGet("/secret", context => context.Response.WriteAsync("what was said"));
            routes.MapPost("/change", context => context.Response.WriteAsync("changed"));
            routes.MapGet("/open", context => context.Response.WriteAsync("anybody may")).WithMetadata(NoTokenNeeded.Instance);
        }
    }
}
