using System.Net.Sockets;
using Diarizer.Audio.Pipes;

namespace Diarizer.Audio.Wyoming;

/// <summary>One connection: reads its events until it ends, answers questions, and passes audio on.</summary>
internal sealed class WyomingPeer(Socket socket, WyomingStage stage)
{
    private static readonly byte[] Info = [.. "{\"type\":\"info\",\"data\":{\"asr\":[],\"tts\":[],\"handle\":[],\"intent\":[],\"wake\":[],\"mic\":[],\"snd\":[]}}\n"u8];
    private static readonly byte[] Pong = [.. "{\"type\":\"pong\"}\n"u8];

    private byte[] _bytes = new byte[64 << 10];
    private int _count;

    /// <summary>Runs until the peer or <paramref name="stop"/> ends it.</summary>
    /// <exception cref="WyomingException">It speaks something else.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                if (_count == _bytes.Length) Array.Resize(ref _bytes, _bytes.Length < WyomingReader.MostBytes ? WyomingReader.MostBytes : throw new WyomingException("an event without an end"));
                var received = await socket.ReceiveAsync(_bytes.AsMemory(_count), stop).ConfigureAwait(false);
                if (received == 0) return;
                _count += received;
                while (TryHandle(out var answer))
                {
                    if (answer is not null) await socket.SendAsync(answer, stop).ConfigureAwait(false);
                }
            }
        }
        catch (SocketException)
        {
            // Gone without a farewell.
        }
        finally
        {
            stage.Leave(this);
        }
    }

    private bool TryHandle(out byte[]? answer)
    {
        answer = null;
        var taken = WyomingReader.Read(_bytes.AsSpan(0, _count), out var happened);
        if (taken == 0) return false;
        answer = Handle(happened);
        _count -= taken;
        _bytes.AsSpan(taken, _count).CopyTo(_bytes);
        return true;
    }

    private byte[]? Handle(in WyomingEvent happened)
    {
        switch (happened.Kind)
        {
            case WyomingKind.Describe:
                return Info;
            case WyomingKind.Ping:
                return Pong;
            case WyomingKind.AudioStart:
                stage.Start(this);
                break;
            case WyomingKind.AudioStop:
                stage.Stop(this);
                break;
            case WyomingKind.AudioChunk:
                stage.Take(this, new(happened.Rate, happened.Channels), EncodingOf(happened.Width), happened.Payload);
                break;
        }

        return null;
    }

    private static PcmEncoding? EncodingOf(int width) => width switch
    {
        2 => PcmEncoding.S16,
        3 => PcmEncoding.S24Packed,
        4 => PcmEncoding.S32,
        _ => null,
    };
}
