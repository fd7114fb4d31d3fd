using System.Net.Sockets;
using System.Text;

namespace Diarizer.Service.Tests.Systemd;

/// <summary>Stands where systemd stands: a unix datagram socket, by path or by abstract name.</summary>
internal sealed class DatagramListener : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 10_000 };

    public DatagramListener(bool isAbstract)
    {
        var name = $"diarizer-test-{Guid.NewGuid():N}";
        Address = isAbstract ? "@" + name : Path.Combine(Path.GetTempPath(), name);
        _socket.Bind(new UnixDomainSocketEndPoint(isAbstract ? '\0' + name : Address));
    }

    public string Address { get; }

    public string Receive()
    {
        var buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, _socket.Receive(buffer));
    }

    /// <summary>Throws away what has come and says how many there were.</summary>
    public int Drain()
    {
        var count = 0;
        for (; _socket.Available > 0; count++)
            Receive();
        return count;
    }

    public void Dispose()
    {
        _socket.Dispose();
        if (Address[0] == '/')
            File.Delete(Address);
    }
}
