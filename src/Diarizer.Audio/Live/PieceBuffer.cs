using Diarizer.Audio.Capturing;

namespace Diarizer.Audio.Live;

/// <summary>
/// Between a thread that pushes mono audio and gaps and one that pulls them. Holds two seconds; then the oldest audio makes room and becomes a gap. The rate may
/// change on the way. Allocates nothing but then.
/// </summary>
internal sealed class PieceBuffer(int rate)
{
    private const int Seconds = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly object _gate = new();
    private SampleRing _ring = new(rate * Seconds);
    private int _nextRate = rate;
    private long _leftOver;
    private bool _ended;

    /// <summary>Frames per second of what <see cref="Read"/> gives; changes in a read that gives nothing.</summary>
    public int Rate { get; private set; } = rate;

    /// <summary>Times that audio was dropped, since the reader was late.</summary>
    public long Overruns { get; private set; }

    public void Write(ReadOnlySpan<float> samples)
    {
        lock (_gate)
        {
            if (_ring.Write(samples) > 0) Overruns++;
            Monitor.Pulse(_gate);
        }
    }

    public void Lose(long frames)
    {
        lock (_gate)
        {
            _ring.AddGap(frames);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>What follows has another rate. What was not read yet becomes a gap: a device that changes its rate has just been away.</summary>
    public void ChangeRate(int next)
    {
        lock (_gate)
        {
            if (next == _nextRate) return;
            Span<float> scratch = stackalloc float[256];
            while (_ring.HasAnything)
            {
                var (samples, gap) = _ring.Read(scratch);
                // At the rate that the reader knows; a second change before it has looked is at most two seconds of another.
                _leftOver += samples + gap;
            }

            (_nextRate, _ring) = (next, new(next * Seconds));
            Monitor.Pulse(_gate);
        }
    }

    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Takes what there is; waits a little when there is nothing.</summary>
    public AudioRead Read(Span<float> samples)
    {
        lock (_gate)
        {
            if (_nextRate != Rate)
            {
                var lost = _leftOver;
                _leftOver = 0;
                if (lost > 0) return new(0, lost, false);
                Rate = _nextRate;
                return default;
            }

            if (!_ring.HasAnything && !_ended) Monitor.Wait(_gate, Patience);
            if (_nextRate != Rate) return default;
            var (count, gap) = _ring.Read(samples);
            return new(count, gap, _ended && count == 0 && gap == 0);
        }
    }
}
