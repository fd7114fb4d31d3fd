namespace Diarizer.Audio.Tests;

/// <summary>Delivers known frames in pieces of a given size, with losses where the script says.</summary>
internal sealed class ScriptedSource(AudioFormat format, float[] interleaved, int pieceFrames, bool live = false) : IAudioSource
{
    private int _position;

    public string Uri => "scripted:";

    public AudioFormat Format => format;

    public bool IsLive => live;

    /// <summary>Frames lost right before frame <c>Key</c>.</summary>
    public Dictionary<int, long> Losses { get; } = [];

    public Exception? FailAtEnd { get; init; }

    public bool Endless { get; init; }

    public bool Disposed { get; private set; }

    public AudioRead Read(Span<float> buffer)
    {
        var frame = _position / format.Channels;
        Losses.Remove(frame, out var lost);
        var room = Math.Min(pieceFrames, buffer.Length / format.Channels);
        if (Losses.Count > 0) room = Math.Min(room, NextLoss(frame) - frame);
        var count = Math.Min(room * format.Channels, interleaved.Length - _position);
        if (count == 0 && FailAtEnd is not null) throw FailAtEnd;
        interleaved.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        var ended = _position == interleaved.Length && FailAtEnd is null;
        if (ended && Endless) (_position, ended) = (0, false);
        return new(count / format.Channels, lost, ended);
    }

    // Apart from Read, which would otherwise allocate a closure each time.
    private int NextLoss(int frame) => Losses.Keys.Where(key => key > frame).DefaultIfEmpty(int.MaxValue).Min();

    public void Dispose() => Disposed = true;
}
