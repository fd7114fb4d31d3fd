using System.Net;
using System.Net.Sockets;

namespace Diarizer.Audio.Network;

/// <summary>Turns what the system says about a port into a sentence.</summary>
internal static class ListeningSockets
{
    /// <summary>Binds.</summary>
    /// <exception cref="UserErrorException">The port is taken, or the address is not one of this machine.</exception>
    public static void Bind(Socket socket, IPEndPoint endPoint, string uri)
    {
        try
        {
            socket.Bind(endPoint);
        }
        catch (SocketException error)
        {
            throw new UserErrorException($"'{uri}' cannot listen: {Reason(error, endPoint)}.", error);
        }
    }

    private static string Reason(SocketException error, IPEndPoint endPoint) => error.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => $"another program, or another stream, has port {endPoint.Port}; choose another one (`ss -lnptu` shows who)",
        SocketError.AccessDenied => $"port {endPoint.Port} is for the system; choose one from 1024 on",
        SocketError.AddressNotAvailable => $"{endPoint.Address} is not an address of this machine; give 0.0.0.0 for all of them",
        _ => error.Message.TrimEnd('.'),
    };
}
