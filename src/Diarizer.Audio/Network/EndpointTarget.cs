using System.Globalization;
using System.Net;
using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Network;

/// <summary>The part of a source's URI that names an address: <c>//0.0.0.0:5004</c>, <c>//[::]:5004</c>, <c>//:5004</c>.</summary>
/// <param name="Host">Without brackets; empty when left out.</param>
/// <param name="Port">Given, or the default.</param>
internal readonly record struct EndpointTarget(string Host, int Port)
{
    /// <summary>Takes the target of a URI apart.</summary>
    /// <exception cref="UserErrorException">It is no address.</exception>
    public static EndpointTarget Parse(SourceUri uri, int defaultPort)
    {
        var text = uri.Target.StartsWith("//", StringComparison.Ordinal) ? uri.Target[2..].TrimEnd('/') : uri.Target;
        var end = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) + 1 : text.LastIndexOf(':');
        if (end <= 0 && text.StartsWith('[')) throw Bad(uri, defaultPort);
        var (host, rest) = end < 0 ? (text, "") : (text[..end], text[end..]);
        host = host.Trim('[', ']');
        if (rest.Length == 0) return Checked(new(host, defaultPort), uri, defaultPort);
        return rest[0] == ':' && int.TryParse(rest.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? Checked(new(host, port), uri, defaultPort)
            : throw Bad(uri, defaultPort);
    }

    /// <summary>The host as an address to listen at; all addresses when it was left out.</summary>
    /// <exception cref="UserErrorException">It is a name.</exception>
    public IPEndPoint Listening(SourceUri uri)
    {
        if (Host.Length == 0) return new(IPAddress.Any, Port);
        return IPAddress.TryParse(Host, out var address)
            ? new(address, Port)
            : throw new UserErrorException($"'{uri}' listens at '{Host}', which is no address; give one of this machine, or 0.0.0.0 for all.");
    }

    private static EndpointTarget Checked(EndpointTarget target, SourceUri uri, int defaultPort) =>
        target.Host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or ':' or '-' or '_' or '%') ? target : throw Bad(uri, defaultPort);

    private static UserErrorException Bad(SourceUri uri, int defaultPort) =>
        new($"'{uri}' is no address; write {uri.Scheme}://ADDRESS:PORT, such as {uri.Scheme}://0.0.0.0:{defaultPort}.");
}
