using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Diarizer.Service.Web;

/// <summary>A small Kestrel inside the daemon. It reads no configuration and no environment variables but <see cref="WebOptions"/>.</summary>
public sealed class WebServer : IAsyncDisposable
{
    private const int MostConnections = 512;
    private static readonly TimeSpan StopLimit = TimeSpan.FromMilliseconds(500);

    private readonly WebApplication _application;
    private readonly LoginEndpoints _login;

    private WebServer(WebApplication application, LoginEndpoints login, Uri address) => (_application, _login, Address) = (application, login, address);

    /// <summary>Where it can be reached on this machine.</summary>
    public Uri Address { get; }

    /// <summary>Listens.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="endpoints">What it answers.</param>
    /// <param name="longestBody">Bytes that a request may bring.</param>
    /// <param name="loggers">Where to tell what happens.</param>
    /// <param name="cancel">Stops the start.</param>
    /// <exception cref="UserErrorException">It cannot listen there, or the token cannot be read.</exception>
    public static async Task<WebServer> StartAsync(WebOptions options, IEnumerable<IWebEndpoints> endpoints, int longestBody, ILoggerFactory loggers, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(endpoints);
        var token = options.TokenFile is { Length: > 0 } file ? AccessToken.Read(file) : null;
        var login = new LoginEndpoints(token);
        var application = Build(options, longestBody, loggers);
        application.Use(new RequestGuard(options.Hosts).InvokeAsync);
        application.UseRouting();
        application.Use(new TokenGate(token).InvokeAsync);
        foreach (var part in endpoints.Prepend(login))
            part.Map(application);
        try
        {
            await application.StartAsync(cancel);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await application.DisposeAsync();
            login.Dispose();
            throw new UserErrorException(
                $"The web page cannot listen on {options.Address}, port {options.Port} ({Reason(e)}); choose another with Diarizer:Web:Port, or turn it off with Diarizer:Web:Enabled.", e);
        }

        return new WebServer(application, login, AddressOf(application, options));
    }

    /// <summary>Lets requests under way end, for half a second at most.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        _login.Dispose();
    }

    private static WebApplication Build(WebOptions options, int longestBody, ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.Replace(ServiceDescriptor.Singleton(loggers));
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopLimit);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxRequestBodySize = longestBody;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Listen(IPAddress.Parse(options.Address), options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        return builder.Build();
    }

    private static Uri AddressOf(WebApplication application, WebOptions options)
    {
        var bound = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var address = IPAddress.Parse(options.Address);
        var host = address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address;
        return new UriBuilder(Uri.UriSchemeHttp, host.ToString(), new Uri(bound).Port).Uri;
    }

    private static string Reason(Exception e) => e.GetBaseException() is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } || e.Message.Contains("already in use", StringComparison.Ordinal)
        ? "another program uses it"
        : e.GetBaseException().Message.TrimEnd('.');
}
