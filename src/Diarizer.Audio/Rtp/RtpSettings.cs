using System.Net;
using Diarizer.Audio.Network;
using Diarizer.Audio.Resampling;
using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Rtp;

/// <summary>
/// <c>rtp://ADDRESS:PORT?payload=&amp;rate=&amp;channels=&amp;pt=&amp;jitter_ms=&amp;source=&amp;interface=</c>. The address is one of this machine, or a
/// multicast group that is joined.
/// </summary>
internal sealed record RtpSettings
{
    private const int DefaultPort = 5004;
    private const int DefaultJitter = 60;
    private const int FirstDynamic = 96;
    private const int LastType = 127;

    private static readonly string[] Payloads = ["L16", "L24", "PCMU", "PCMA", "opus"];

    // RFC 3551, table 4.
    private static readonly (int Type, string Payload, int Rate, int Channels)[] Static =
        [(0, "PCMU", 8000, 1), (8, "PCMA", 8000, 1), (10, "L16", 44_100, 2), (11, "L16", 44_100, 1)];

    private readonly string? _payload;
    private readonly int _rate;
    private readonly int _channels;
    private readonly int? _type;

    private RtpSettings(string? payload, int rate, int channels, int? type) => (_payload, _rate, _channels, _type) = (payload, rate, channels, type);

    /// <summary>As given.</summary>
    public required string Uri { get; init; }

    /// <summary>Where to listen.</summary>
    public required IPEndPoint EndPoint { get; init; }

    /// <summary>Through which of this machine's addresses to join a group; null leaves it to the system.</summary>
    public IPAddress? Interface { get; init; }

    /// <summary>Who may send.</summary>
    public required SenderFilter Senders { get; init; }

    /// <summary>How long a missing packet is waited for.</summary>
    public required TimeSpan Jitter { get; init; }

    /// <summary>Takes the URI apart.</summary>
    /// <exception cref="UserErrorException">Something in it is wrong.</exception>
    public static RtpSettings Parse(SourceUri uri)
    {
        uri.Allow("payload", "rate", "channels", "pt", "jitter_ms", "source", "interface");
        var endPoint = EndpointTarget.Parse(uri, DefaultPort).Listening(uri);
        var (payload, rate, channels) = Codec(uri);
        return new(payload, rate, channels, uri.Value("pt") is null ? null : uri.Number("pt", 0, 0, LastType))
        {
            Uri = uri.ToString(),
            EndPoint = endPoint,
            Interface = LocalAddress(uri),
            Senders = SenderFilter.Parse(uri.Value("source"), uri.ToString()),
            Jitter = TimeSpan.FromMilliseconds(uri.Number("jitter_ms", DefaultJitter, 0, 500)),
        };
    }

    /// <summary>What comes out before the first packet tells.</summary>
    public int FirstGuess => _type ?? (_payload is null ? Static[0].Type : FirstDynamic);

    /// <summary>A decoder for a payload type.</summary>
    /// <returns>Null when that type is not wanted.</returns>
    /// <exception cref="UserErrorException">A library is missing.</exception>
    public IRtpDecoder? CreateDecoder(int type)
    {
        var known = Static.FirstOrDefault(row => row.Type == type && row.Payload is not null);
        if (_payload is null) return known.Payload is null ? null : Create(known.Payload, known.Rate, known.Channels);
        var isWanted = _type is { } only ? type == only : type is >= FirstDynamic and <= LastType || known == (type, _payload, _rate, _channels);
        return isWanted ? Create(_payload, _rate, _channels) : null;
    }

    private static (string? Payload, int Rate, int Channels) Codec(SourceUri uri)
    {
        var given = uri.Value("payload");
        if (given is null)
        {
            if (uri.Value("rate") is null && uri.Value("channels") is null && uri.Value("pt") is null) return default;
            throw new UserErrorException($"'{uri}' does not say which codec its rate, channels or pt are of; add payload={string.Join(", payload=", Payloads)}.");
        }

        var payload = Payloads.FirstOrDefault(name => name.Equals(given, StringComparison.OrdinalIgnoreCase))
            ?? throw new UserErrorException($"'{uri}' has payload={given}; it must be one of {string.Join(", ", Payloads)}.");
        if (payload == "opus")
        {
            // Always 48 kHz in RTP, whatever is inside (RFC 7587, 4.1).
            _ = uri.Number("rate", 48_000, 48_000, 48_000);
            return (payload, 48_000, uri.Number("channels", 1, 1, 2));
        }

        if (payload.StartsWith('L') && uri.Value("rate") is null)
            throw new UserErrorException($"'{uri}' does not say the rate of {payload}, which packets do not tell; add rate=48000 or whatever the sender uses.");
        return (payload, uri.Number("rate", 8000, Resampler.MinRate, Resampler.MaxRate), uri.Number("channels", 1, 1, 64));
    }

    private static IPAddress? LocalAddress(SourceUri uri)
    {
        if (uri.Value("interface") is not { } text) return null;
        return IPAddress.TryParse(text, out var address)
            ? address
            : throw new UserErrorException($"'{uri}' has interface={text}; give an address of this machine through which the group can be reached.");
    }

    private static IRtpDecoder Create(string payload, int rate, int channels) => payload switch
    {
        "L16" => new PcmDecoder(rate, channels, 2),
        "L24" => new PcmDecoder(rate, channels, 3),
        "opus" => new OpusRtpDecoder(channels),
        _ => new G711Decoder(payload == "PCMU", rate, channels),
    };
}
