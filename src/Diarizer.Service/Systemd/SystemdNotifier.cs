using System.Net.Sockets;
using System.Text;

namespace Diarizer.Service.Systemd;

/// <summary>Tells systemd about the daemon's state: one datagram a message to the socket named by <c>NOTIFY_SOCKET</c> (see sd_notify(3)).</summary>
public sealed class SystemdNotifier : IDisposable
{
    private readonly Socket? _socket;
    private readonly UnixDomainSocketEndPoint? _endPoint;

    /// <summary>Without a socket path nothing is sent.</summary>
    /// <param name="socketPath">A file-system path, or an abstract name that starts with <c>@</c>.</param>
    public SystemdNotifier(string? socketPath)
    {
        if (string.IsNullOrEmpty(socketPath) || socketPath[0] is not ('/' or '@'))
            return;
        _endPoint = new UnixDomainSocketEndPoint(socketPath[0] == '@' ? '\0' + socketPath[1..] : socketPath);
        _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
    }

    /// <summary>The notifier for this process's environment.</summary>
    public static SystemdNotifier FromEnvironment() => new(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"));

    /// <summary>True when systemd listens.</summary>
    public bool IsActive => _socket is not null;

    /// <summary>Models are loaded, streams are open.</summary>
    public void Ready(string status) => Send($"READY=1\nSTATUS={status}");

    /// <summary>One line for <c>systemctl status</c>.</summary>
    public void Status(string status) => Send($"STATUS={status}");

    /// <summary>The pipeline moved; restarts the watchdog's clock.</summary>
    public void Watchdog() => Send("WATCHDOG=1");

    /// <summary>The daemon began to stop.</summary>
    public void Stopping() => Send("STOPPING=1");

    /// <inheritdoc/>
    public void Dispose() => _socket?.Dispose();

    private void Send(string message)
    {
        try
        {
            _socket?.SendTo(Encoding.UTF8.GetBytes(message), _endPoint!);
        }
        catch (SocketException)
        {
            // A supervisor that went away or is too busy must not stop the pipeline; the watchdog notices on its own side.
        }
    }
}
