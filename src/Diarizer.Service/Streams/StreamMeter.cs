using Diarizer.Audio;

namespace Diarizer.Service.Streams;

/// <summary>Measures how well a stream keeps up. Written by its worker, read by any thread.</summary>
public sealed class StreamMeter(TimeProvider time)
{
    private const int LagsKept = 512;

    private readonly Lock _gate = new();
    private readonly Queue<double> _lags = new(LagsKept);
    private TimeSpan _processing;
    private long _samples;

    /// <summary>Measures the processing of <paramref name="samples"/> that began at <paramref name="began"/>.</summary>
    /// <param name="samples">Length of the audio.</param>
    /// <param name="began">Timestamp of the clock.</param>
    public void AddWork(long samples, long began)
    {
        var took = time.GetElapsedTime(began);
        lock (_gate)
        {
            _processing += took;
            _samples += samples;
        }
    }

    /// <summary>Notes the time from the capture of what an event tells to the event.</summary>
    public void AddLag(TimeSpan lag)
    {
        lock (_gate)
        {
            if (_lags.Count == LagsKept)
                _lags.Dequeue();
            _lags.Enqueue(lag.TotalMilliseconds);
        }
    }

    /// <summary>Processing time and time of audio since the last call.</summary>
    public (TimeSpan Processing, TimeSpan Audio) TakeWork()
    {
        lock (_gate)
        {
            var work = (_processing, TimeSpan.FromSeconds(SampleClock.ToSeconds(_samples)));
            (_processing, _samples) = (TimeSpan.Zero, 0);
            return work;
        }
    }

    /// <summary>The most recent lags, milliseconds.</summary>
    public IReadOnlyList<double> Lags()
    {
        lock (_gate)
            return [.. _lags];
    }
}
