namespace Diarizer.Audio.Rtp;

/// <summary>Why a datagram is not used.</summary>
internal enum RtpReject
{
    /// <summary>It is used.</summary>
    None,

    /// <summary>Shorter than a header.</summary>
    TooShort,

    /// <summary>Longer than what is kept room for.</summary>
    TooLong,

    /// <summary>Not version 2 of RTP: probably something else altogether.</summary>
    NotRtp,

    /// <summary>RTCP, which some senders put on the same port (RFC 5761). No fault.</summary>
    Rtcp,

    /// <summary>Contributing sources, header extension or padding reach beyond the end.</summary>
    BadHeader,

    /// <summary>A payload type that was not asked for.</summary>
    PayloadType,

    /// <summary>No audio in it.</summary>
    Empty,

    /// <summary>Its payload is not whole frames of the codec, or longer than a packet may be.</summary>
    BadPayload,

    /// <summary>From an address that may not send.</summary>
    Address,

    /// <summary>From a second sender, while the first one still sends.</summary>
    OtherSender,
}

/// <summary>Counts by reason; written by one thread, read by any.</summary>
internal sealed class RtpRejections
{
    private readonly long[] _counts = new long[Enum.GetValues<RtpReject>().Length];

    /// <summary>Notes one.</summary>
    /// <returns>True for the first of its kind.</returns>
    public bool Add(RtpReject reason) => ++_counts[(int)reason] == 1;

    /// <summary>How many of a kind there were.</summary>
    public long Of(RtpReject reason) => Volatile.Read(ref _counts[(int)reason]);

    /// <summary>All that occurred, by name.</summary>
    public IReadOnlyDictionary<string, long> ToDictionary() =>
        Enum.GetValues<RtpReject>().Where(reason => Of(reason) > 0).ToDictionary(Name, Of, StringComparer.Ordinal);

    private static string Name(RtpReject reason) => reason switch
    {
        RtpReject.TooShort => "too_short",
        RtpReject.TooLong => "too_long",
        RtpReject.NotRtp => "not_rtp",
        RtpReject.Rtcp => "rtcp",
        RtpReject.BadHeader => "bad_header",
        RtpReject.PayloadType => "payload_type",
        RtpReject.Empty => "empty",
        RtpReject.BadPayload => "bad_payload",
        RtpReject.Address => "address",
        _ => "other_sender",
    };
}
