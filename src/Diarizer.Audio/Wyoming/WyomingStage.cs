using Diarizer.Audio.Chunks;
using Diarizer.Audio.Pipes;

namespace Diarizer.Audio.Wyoming;

/// <summary>Decides which of the connections is heard: the first that sends what can be used, until it stops, leaves, or sends nothing for long.</summary>
internal sealed class WyomingStage(ChunkSource chunks, ChunkCounters counters, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private WyomingPeer? _speaker;
    private long _lastHeard;

    public void Start(WyomingPeer peer)
    {
        lock (_gate)
        {
            if (TakesTheFloor(peer)) chunks.Begin();
        }
    }

    public void Stop(WyomingPeer peer) => GiveUp(peer, announced: true);

    public void Leave(WyomingPeer peer) => GiveUp(peer, announced: false);

    public void Take(WyomingPeer peer, AudioFormat format, PcmEncoding? encoding, ReadOnlySpan<byte> pcm)
    {
        lock (_gate)
        {
            if (encoding is not { } known)
                counters.Refuse("format", "A satellite's chunk is not of 16, 24 or 32 bits; check its microphone settings.");
            else if (ChunkSource.Fault(format, known, pcm.Length) is { } reason)
                counters.Refuse(reason, $"A satellite's chunk cannot be used ({reason.Replace('_', ' ')}); check its microphone settings.");
            else if (!TakesTheFloor(peer))
                counters.Refuse("other_sender", "A second satellite sends audio; it is not heard while the first one sends.");
            else
                _ = chunks.Take(format, known, pcm);
        }
    }

    private bool TakesTheFloor(WyomingPeer peer)
    {
        if (_speaker != peer)
        {
            if (_speaker is not null && time.GetElapsedTime(_lastHeard) < Patience) return false;
            if (_speaker is not null) chunks.Pause(announced: false);
            _speaker = peer;
            counters.Senders++;
        }

        _lastHeard = time.GetTimestamp();
        return true;
    }

    private void GiveUp(WyomingPeer peer, bool announced)
    {
        lock (_gate)
        {
            if (_speaker != peer) return;
            _speaker = null;
            chunks.Pause(announced);
        }
    }
}
