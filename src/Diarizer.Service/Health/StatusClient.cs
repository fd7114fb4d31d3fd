using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Diarizer.Mqtt;
using Diarizer.Service.Web;

namespace Diarizer.Service.Health;

/// <summary>What was found out about the daemon.</summary>
/// <param name="IsRunning">A daemon answered.</param>
/// <param name="IsReady">It listens to at least one room.</param>
/// <param name="Status">All that it told.</param>
/// <param name="Sentence">Why there is no more to tell; null beside a status.</param>
internal sealed record StatusAnswer(bool IsRunning, bool IsReady, NodeStatus? Status, string? Sentence);

/// <summary>
/// Asks the daemon over HTTP. Not by way of the broker: a broker that is away is one of the things to be told, and what it retains of a daemon that was killed looks alive.
/// </summary>
internal sealed class StatusClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http;
    private readonly string? _tokenFile;

    private StatusClient(Uri address, string? tokenFile) =>
        (_http, _tokenFile) = (new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = Patience }, tokenFile);

    /// <summary>A client for the daemon of this configuration.</summary>
    /// <param name="web">Where it serves HTTP.</param>
    /// <param name="url">Another address, or null.</param>
    /// <exception cref="UserErrorException">It serves no HTTP, or the address is none.</exception>
    public static StatusClient For(WebOptions web, string? url)
    {
        if (url is not null)
            return Uri.TryCreate(url, UriKind.Absolute, out var given) && given.Scheme is "http" or "https" ? new(given!, web.TokenFile) : throw new UserErrorException($"--url {url} is not a URL; give one such as http://127.0.0.1:8420.");
        if (!web.Enabled || web.Port == 0)
            throw new UserErrorException("The daemon is asked over HTTP, and the configuration does not say where it answers; set Diarizer:Web:Enabled and Diarizer:Web:Port, or give --url.");
        var address = IPAddress.Parse(web.Address);
        var host = address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address;
        return new(new UriBuilder(Uri.UriSchemeHttp, host.ToString(), web.Port).Uri, web.TokenFile);
    }

    /// <summary>Asks.</summary>
    public async Task<StatusAnswer> AskAsync(CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, HealthEndpoints.StatusPath);
            if (Token() is { } token)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var answer = await _http.SendAsync(request, cancel);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => await ReadAsync(answer, cancel),
                HttpStatusCode.Unauthorized => await AskForReadinessAsync(cancel),
                HttpStatusCode.ServiceUnavailable => new(true, false, null, "The daemon is starting."),
                _ => Stranger(),
            };
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return new(false, false, null, $"No daemon answers at {_http.BaseAddress}; see: systemctl status diarizer");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<StatusAnswer> ReadAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancel);
            var status = await JsonSerializer.DeserializeAsync(body, StatusJson.Default.NodeStatus, cancel);
            return status?.Product == NodeStatus.ProductName ? new(true, status.State != NodeState.NotReady, status, null) : Stranger();
        }
        catch (JsonException)
        {
            return Stranger();
        }
    }

    /// <summary>Whoever may not read the token still learns whether the daemon is ready.</summary>
    private async Task<StatusAnswer> AskForReadinessAsync(CancellationToken cancel)
    {
        using var answer = await _http.GetAsync(new Uri(HealthEndpoints.ReadyPath, UriKind.Relative), cancel);
        var word = (await answer.Content.ReadAsStringAsync(cancel)).Trim();
        return new(true, answer.IsSuccessStatusCode, null, $"The daemon is {word.ToLowerInvariant()}; it tells more to those who can read its token (Diarizer:Web:TokenFile).");
    }

    private StatusAnswer Stranger() => new(false, false, null, $"Another program answers at {_http.BaseAddress}; the daemon's log says where its page is.");

    private string? Token()
    {
        try
        {
            return string.IsNullOrEmpty(_tokenFile) ? null : Secret.Read(_tokenFile, "Diarizer:Web:TokenFile").Trim();
        }
        catch (UserErrorException)
        {
            return null;
        }
    }
}
