using System.Net;
using System.Net.Sockets;
using Diarizer.Audio.Network;
using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Rtp;

/// <summary>Audio by RTP over UDP: a socket in front of a <see cref="RtpReceiver"/>.</summary>
internal sealed class RtpSource : IAudioSource
{
    private const int LargestDatagram = 65_535;
    private const int SystemBufferBytes = 1 << 20;
    private const int DatagramsOfARead = 64;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    private readonly RtpReceiver _receiver;
    private readonly SenderFilter _senders;
    private readonly Socket _socket;
    private readonly SocketAddress _sender;
    private readonly byte[] _datagram = new byte[LargestDatagram];

    /// <exception cref="UserErrorException">The port cannot be had, or a library is missing.</exception>
    public RtpSource(RtpSettings settings, AudioSourceOptions options)
    {
        (Uri, _senders) = (settings.Uri, settings.Senders);
        _receiver = new(settings, options);
        var family = settings.EndPoint.AddressFamily;
        _sender = new(family);
        _socket = new(family, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            Listen(settings);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Uri { get; }

    public AudioFormat Format => _receiver.Format;

    public bool IsLive => true;

    public SourceStatistics Statistics => _receiver.Statistics;

    public static RtpSource Open(SourceUri uri, AudioSourceOptions options) => new(RtpSettings.Parse(uri), options);

    public AudioRead Read(Span<float> interleaved)
    {
        var (format, read) = (Format, _receiver.Read(interleaved));
        for (var taken = 0; taken < DatagramsOfARead && read is { Frames: 0, LostFrames: 0 } && Format == format; taken++)
        {
            if (HasDatagram(taken == 0 ? Wait : TimeSpan.Zero)) Receive();
            else taken = DatagramsOfARead;
            read = _receiver.Read(interleaved);
        }

        return read;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _receiver.Dispose();
    }

    private TimeSpan Wait => _receiver.Patience < LongestWait ? _receiver.Patience : LongestWait;

    private void Listen(RtpSettings settings)
    {
        var (address, isGroup) = (settings.EndPoint.Address, IsGroup(settings.EndPoint.Address));
        if (settings.Interface is not null && !isGroup)
            throw new UserErrorException($"'{Uri}' has an interface, which only a multicast group needs; listen at that address instead.");
        _socket.ReceiveBufferSize = SystemBufferBytes;
        // Several programs of one machine may listen to a group; each gets all of it.
        if (isGroup) _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        ListeningSockets.Bind(_socket, settings.EndPoint, Uri);
        if (isGroup) Join(address, settings.Interface);
    }

    private void Join(IPAddress group, IPAddress? through)
    {
        try
        {
            if (group.AddressFamily == AddressFamily.InterNetworkV6)
                _socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.AddMembership, new IPv6MulticastOption(group, through?.ScopeId ?? group.ScopeId));
            else
                _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, through is null ? new MulticastOption(group) : new MulticastOption(group, through));
        }
        catch (SocketException error)
        {
            throw new UserErrorException($"'{Uri}' cannot join the group ({error.Message.TrimEnd('.')}); name one of this machine's addresses with interface=.", error);
        }
    }

    private static bool IsGroup(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? address.IsIPv6Multicast : (address.GetAddressBytes()[0] & 0xF0) == 0xE0;

    private bool HasDatagram(TimeSpan wait) => _socket.Poll((int)wait.TotalMicroseconds, SelectMode.SelectRead);

    private void Receive()
    {
        try
        {
            var length = _socket.ReceiveFrom(_datagram, SocketFlags.None, _sender);
            if (_senders.Allows(_sender)) _receiver.Take(_datagram.AsSpan(0, length));
            else _receiver.Refuse(RtpReject.Address);
        }
        catch (SocketException error)
        {
            throw new UserErrorException($"'{Uri}' cannot receive any more ({error.Message.TrimEnd('.')}).", error);
        }
    }
}
