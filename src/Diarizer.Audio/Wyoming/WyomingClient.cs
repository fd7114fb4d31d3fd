using System.Net.Sockets;
using Diarizer.Audio.Network;
using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Wyoming;

/// <summary>Connects to a satellite that is a server, asks it to send, and connects again for ever when it is gone.</summary>
internal sealed class WyomingClient(EndpointTarget target, WyomingStage stage, AudioSourceOptions options, string uri)
{
    // What Home Assistant says to a satellite to begin with.
    private static readonly byte[] Greeting = [.. "{\"type\":\"describe\"}\n{\"type\":\"run-satellite\"}\n"u8];

    private string? _told;

    /// <summary>Runs until <paramref name="stop"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var pause = options.ReopenMinimum;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(target.Host, target.Port, stop).ConfigureAwait(false);
                await socket.SendAsync(Greeting, stop).ConfigureAwait(false);
                (pause, _told) = (options.ReopenMinimum, null);
                await new WyomingPeer(socket, stage).RunAsync(stop).ConfigureAwait(false);
                Tell("The satellite closed the connection");
            }
            catch (SocketException error)
            {
                Tell($"The satellite cannot be reached ({error.Message.TrimEnd('.')})");
            }
            catch (WyomingException fault)
            {
                Tell($"The satellite sent {fault.Message} instead of the Wyoming protocol");
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }

            await Task.Delay(pause, options.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < options.ReopenMaximum ? pause * 2 : options.ReopenMaximum;
        }
    }

    // A night without a satellite is one line, not thousands.
    private void Tell(string problem)
    {
        if (problem == _told) return;
        _told = problem;
        options.OnEvent?.Invoke(new(SourceEventKind.Irregular, uri, problem + "; it is tried again until it works."));
    }
}
