using System.Net;
using System.Net.Sockets;

namespace Diarizer.Mqtt.Tests.Support;

/// <summary>A TCP relay in front of a broker that can refuse, cut, keep silent and lose answers.</summary>
internal sealed class Gate : IAsyncDisposable
{
    private readonly List<Socket> _sockets = [];
    private TcpListener? _listener;

    public Gate(int target)
    {
        Target = target;
        Port = TestBroker.FreePort();
        Open();
    }

    public int Port { get; }

    /// <summary>Port of the broker for connections to come.</summary>
    public int Target { get; set; }

    /// <summary>True accepts connections and says nothing on them, for ever.</summary>
    public volatile bool IsSilent;

    /// <summary>True throws away what the broker answers.</summary>
    public volatile bool LoseAnswers;

    public void Open()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _ = AcceptAsync(_listener);
    }

    public void Close()
    {
        _listener?.Dispose();
        Cut();
    }

    public void Cut()
    {
        lock (_sockets)
        {
            foreach (var socket in _sockets)
                socket.Dispose();
            _sockets.Clear();
        }
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync();
                if (IsSilent)
                {
                    lock (_sockets)
                        _sockets.Add(client);
                    continue;
                }
                _ = ConnectAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task ConnectAsync(Socket client)
    {
        var broker = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        lock (_sockets)
            _sockets.AddRange([client, broker]);
        try
        {
            await broker.ConnectAsync(IPAddress.Loopback, Target);
            _ = RelayAsync(client, broker, answers: false);
            _ = RelayAsync(broker, client, answers: true);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            client.Dispose();
        }
    }

    private async Task RelayAsync(Socket from, Socket to, bool answers)
    {
        var buffer = new byte[4096];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                if (!answers || !LoseAnswers)
                    await to.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
        from.Dispose();
        to.Dispose();
    }
}
