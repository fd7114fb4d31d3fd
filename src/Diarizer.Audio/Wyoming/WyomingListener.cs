using System.Net;
using System.Net.Sockets;
using Diarizer.Audio.Chunks;
using Diarizer.Audio.Network;

namespace Diarizer.Audio.Wyoming;

/// <summary>Takes connections of satellites: eight at a time, from those who may.</summary>
internal sealed class WyomingListener : IDisposable
{
    private const int MostPeers = 8;

    private readonly Socket _socket;
    private readonly SenderFilter _senders;
    private readonly WyomingStage _stage;
    private readonly ChunkCounters _counters;
    private int _peers;

    private WyomingListener(Socket socket, SenderFilter senders, WyomingStage stage, ChunkCounters counters) =>
        (_socket, _senders, _stage, _counters) = (socket, senders, stage, counters);

    /// <exception cref="UserErrorException">The port cannot be had.</exception>
    public static WyomingListener Open(IPEndPoint endPoint, SenderFilter senders, WyomingStage stage, ChunkCounters counters, string uri)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            ListeningSockets.Bind(socket, endPoint, uri);
            socket.Listen(MostPeers);
            return new(socket, senders, stage, counters);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Runs until <paramref name="stop"/> or disposal.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Take(await _socket.AcceptAsync(stop).ConfigureAwait(false), stop);
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // The peer went away before it was taken, or descriptors ran out for a moment.
                await Task.Delay(TimeSpan.FromMilliseconds(100), CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Take(Socket peer, CancellationToken stop)
    {
        if (peer.RemoteEndPoint is not IPEndPoint { Address: var address } || !_senders.Allows(address))
        {
            _counters.Refuse("address", "A connection came from an address that source= does not allow.");
            peer.Dispose();
        }
        else if (Interlocked.Increment(ref _peers) > MostPeers)
        {
            _counters.Refuse("connections", $"More than {MostPeers} satellites are connected at once; the newest is turned away.");
            Interlocked.Decrement(ref _peers);
            peer.Dispose();
        }
        else
        {
            _ = ServeAsync(peer, stop);
        }
    }

    private async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        using (socket)
        {
            try
            {
                await new WyomingPeer(socket, _stage).RunAsync(stop).ConfigureAwait(false);
            }
            catch (WyomingException fault)
            {
                _counters.Refuse("not_wyoming", $"A connection was closed, since it sent {fault.Message} instead of the Wyoming protocol.");
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
            {
                // The source is closed.
            }
            finally
            {
                Interlocked.Decrement(ref _peers);
            }
        }
    }
}
