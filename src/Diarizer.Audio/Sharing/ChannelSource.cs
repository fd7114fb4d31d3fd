using System.Runtime.ExceptionServices;
using Diarizer.Audio.Live;
using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Sharing;

/// <summary>One channel of a <see cref="SharedSource"/>. A stream that is late loses its own oldest audio only.</summary>
internal sealed class ChannelSource : IAudioSource
{
    private readonly SharedSource _shared;
    private readonly int _channel;
    private readonly Action<SourceEvent>? _onEvent;
    private readonly PieceBuffer _buffer;
    private float[] _samples = [];
    private Exception? _failure;

    public ChannelSource(SharedSource shared, string uri, int channel, int rate, Action<SourceEvent>? onEvent)
    {
        (_shared, Uri, _channel, _onEvent) = (shared, uri, channel, onEvent);
        _buffer = new(rate);
    }

    public string Uri { get; }

    public AudioFormat Format => new(_buffer.Rate, 1);

    public bool IsLive => true;

    public SourceStatistics Statistics
    {
        get
        {
            var device = _shared.Statistics;
            return device with { Overruns = device.Overruns + _buffer.Overruns };
        }
    }

    public AudioRead Read(Span<float> interleaved)
    {
        var read = _buffer.Read(interleaved);
        if (read.EndOfStream && _failure is { } failure) ExceptionDispatchInfo.Throw(failure);
        return read;
    }

    public void Dispose() => _shared.Leave(this);

    /// <summary>Frames of the device, after some that were lost.</summary>
    public void Push(ReadOnlySpan<float> interleaved, int channels, long lost)
    {
        if (lost > 0) _buffer.Lose(lost);
        var frames = interleaved.Length / channels;
        if (frames == 0) return;
        if (_samples.Length < frames) _samples = new float[frames];
        // A device may come back with fewer channels than before.
        var channel = Math.Min(_channel, channels) - 1;
        for (var n = 0; n < frames; n++) _samples[n] = interleaved[n * channels + channel];
        _buffer.Write(_samples.AsSpan(0, frames));
    }

    public void ChangeRate(int rate) => _buffer.ChangeRate(rate);

    public void Tell(SourceEvent happened) => _onEvent?.Invoke(happened with { Uri = Uri });

    public void End(Exception? failure)
    {
        _failure = failure;
        _buffer.End();
    }
}
