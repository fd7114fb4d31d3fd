using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Diarizer.Audio.Network;

/// <summary>Who may send, by address: <c>192.168.1.20</c>, <c>10.1.0.0/16</c>, <c>fd00::/8</c>, several separated by commas.</summary>
internal sealed class SenderFilter
{
    private const int MappedBits = 96;

    private readonly (UInt128 Base, UInt128 Mask)[] _networks;

    private SenderFilter((UInt128, UInt128)[] networks) => _networks = networks;

    /// <summary>Lets everybody through.</summary>
    public static SenderFilter Everybody { get; } = new([]);

    /// <summary>Reads the value of <c>source=</c>; null stands for everybody.</summary>
    /// <exception cref="UserErrorException">It is no list of addresses.</exception>
    public static SenderFilter Parse(string? text, string uri)
    {
        if (text is null) return Everybody;
        return new([.. text.Split(',').Select(part => Network(part, uri))]);
    }

    /// <summary>True when this address may send. Allocates nothing.</summary>
    public bool Allows(SocketAddress sender)
    {
        if (_networks.Length == 0) return true;
        var bytes = sender.Buffer.Span;
        return sender.Family switch
        {
            AddressFamily.InterNetwork => Allows(Mapped(BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]))),
            AddressFamily.InterNetworkV6 => Allows(BinaryPrimitives.ReadUInt128BigEndian(bytes[8..])),
            _ => false,
        };
    }

    /// <summary>True when this address may send.</summary>
    public bool Allows(IPAddress sender) => _networks.Length == 0 || Allows(Number(sender));

    private bool Allows(UInt128 address)
    {
        foreach (var (start, mask) in _networks)
        {
            if ((address & mask) == start) return true;
        }

        return false;
    }

    private static (UInt128, UInt128) Network(string text, string uri)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (IPAddress.TryParse(slash < 0 ? text : text[..slash], out var address))
        {
            var (bits, offset) = address.AddressFamily == AddressFamily.InterNetwork ? (32, MappedBits) : (128, 0);
            if (slash < 0 || (int.TryParse(text.AsSpan(slash + 1), out var length) && length >= 0 && length <= bits && (bits = length) >= 0))
            {
                var kept = bits + offset;
                var mask = kept == 0 ? UInt128.Zero : UInt128.MaxValue << (128 - kept);
                return (Number(address) & mask, mask);
            }
        }

        throw new UserErrorException($"'{uri}' has source={text}; give addresses or networks such as 192.168.1.20 or 10.1.0.0/16, separated by commas.");
    }

    private static UInt128 Number(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return length == 4 ? Mapped(BinaryPrimitives.ReadUInt32BigEndian(bytes)) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    // A socket for both families sees IPv4 addresses in this form, so all are kept in it.
    private static UInt128 Mapped(uint address) => new UInt128(0, 0xFFFF_0000_0000) | address;
}
