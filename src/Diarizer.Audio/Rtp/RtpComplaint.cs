namespace Diarizer.Audio.Rtp;

/// <summary>What is said when the first datagram of a kind is not used; the rest is counted.</summary>
internal static class RtpComplaint
{
    public static string Of(RtpReject reason) => reason switch
    {
        RtpReject.TooShort => "A datagram is too short for RTP; others like it are counted only.",
        RtpReject.TooLong => $"A packet carries more than {RtpReceiver.MostPayloadBytes} bytes; let the sender make shorter packets.",
        RtpReject.NotRtp => "A datagram is no RTP; check what is sent to this port.",
        RtpReject.BadHeader => "A packet's header does not fit its length; others like it are counted only.",
        RtpReject.PayloadType => "A packet has a payload type that is not listened to; check payload= and pt= if nothing is heard.",
        RtpReject.Empty => "A packet carries no audio; others like it are counted only.",
        RtpReject.BadPayload => "A packet's payload is not whole frames of its codec; check payload= and channels=.",
        RtpReject.Address => "A packet came from an address that source= does not allow.",
        RtpReject.OtherSender => "A second sender sends to this port; it is not heard while the first one sends.",
        _ => "A packet is not used.",
    };
}
