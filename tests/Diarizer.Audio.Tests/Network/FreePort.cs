using System.Net;
using System.Net.Sockets;

namespace Diarizer.Audio.Tests.Network;

internal static class FreePort
{
    /// <summary>A port that nobody had a moment ago.</summary>
    public static int Udp()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
