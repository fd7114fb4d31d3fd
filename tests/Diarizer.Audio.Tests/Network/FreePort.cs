using System.Net;
using System.Net.Sockets;

namespace Diarizer.Audio.Tests.Network;

internal static class FreePort
{
    /// <summary>A port that nobody had a moment ago.</summary>
    public static int Udp() => Of(SocketType.Dgram, ProtocolType.Udp);

    /// <summary>The same for TCP.</summary>
    public static int Tcp() => Of(SocketType.Stream, ProtocolType.Tcp);

    private static int Of(SocketType type, ProtocolType protocol)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, type, protocol);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
