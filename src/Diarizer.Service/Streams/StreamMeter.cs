using System.Numerics.Tensors;
using Diarizer.Audio;

namespace Diarizer.Service.Streams;

/// <summary>Measures how well a stream keeps up. Written by its worker, read by any thread.</summary>
public sealed class StreamMeter(TimeProvider time)
{
    private const int LagsKept = 512;
    private const long Window = 30 * SampleClock.Rate;

    private readonly Lock _gate = new();
    private readonly Queue<double> _lags = new(LagsKept);
    private TimeSpan _processing;
    private long _samples;
    private long _position;
    private double _lag;
    private double _peak;
    private double _energy;
    private long _heard;
    private (TimeSpan Processing, long Samples) _windowBegan;
    private double? _factor;

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
            if (_samples - _windowBegan.Samples < Window)
                return;
            _factor = FactorSince(_windowBegan);
            _windowBegan = (_processing, _samples);
        }
    }

    /// <summary>Samples of the session so far.</summary>
    public long Position
    {
        get => Interlocked.Read(ref _position);
        set => Interlocked.Exchange(ref _position, value);
    }

    /// <summary>Measures how loud <paramref name="samples"/> are.</summary>
    public void AddLevel(ReadOnlySpan<float> samples)
    {
        if (samples.IsEmpty)
            return;
        var (peak, energy) = (Math.Abs(TensorPrimitives.MaxMagnitude(samples)), TensorPrimitives.SumOfSquares(samples));
        lock (_gate)
        {
            _peak = Math.Max(_peak, peak);
            _energy += energy;
            _heard += samples.Length;
        }
    }

    /// <summary>How loud it was since the last call: largest magnitude and root mean square, full scale is 1; null when nothing was heard.</summary>
    public (double Peak, double Rms)? TakeLevel()
    {
        lock (_gate)
        {
            if (_heard == 0)
                return null;
            var level = (_peak, Math.Sqrt(_energy / _heard));
            (_peak, _energy, _heard) = (0, 0, 0);
            return level;
        }
    }

    /// <summary>The most recent lag, milliseconds; 0 before the first.</summary>
    public double LastLag
    {
        get
        {
            lock (_gate)
                return _lag;
        }
    }

    /// <summary>Notes the time from the capture of what an event tells to the event.</summary>
    public void AddLag(TimeSpan lag)
    {
        lock (_gate)
        {
            if (_lags.Count == LagsKept)
                _lags.Dequeue();
            _lag = lag.TotalMilliseconds;
            _lags.Enqueue(_lag);
        }
    }

    /// <summary>Processing time and time of audio so far.</summary>
    public (TimeSpan Processing, TimeSpan Audio) Work
    {
        get
        {
            lock (_gate)
                return (_processing, TimeSpan.FromSeconds(SampleClock.ToSeconds(_samples)));
        }
    }

    /// <summary>Processing time for each second of audio, over the last full 30 s of audio, or over what there was before; above 1 the stream falls behind.</summary>
    public double RealTimeFactor
    {
        get
        {
            lock (_gate)
                return _factor ?? FactorSince(_windowBegan);
        }
    }

    /// <summary>The most recent lags, milliseconds.</summary>
    public IReadOnlyList<double> Lags()
    {
        lock (_gate)
            return [.. _lags];
    }

    private double FactorSince((TimeSpan Processing, long Samples) began) =>
        _samples == began.Samples ? 0 : (_processing - began.Processing).TotalSeconds / SampleClock.ToSeconds(_samples - began.Samples);
}
