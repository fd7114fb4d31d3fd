using Diarizer.Audio.Resampling;

namespace Diarizer.Audio.Network;

/// <summary>
/// Where a sender stands by the clock on the wall, in frames since the source was opened. What arrives is late by the network's delay, which
/// varies but is never negative: the least delay of the last ten seconds is the best guess of its constant part, and follows the drift of
/// the sender's crystal.
/// </summary>
internal sealed class ArrivalClock(TimeProvider time, int rate)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    private readonly long _opened = time.GetTimestamp();
    private long? _least;
    private long? _leastBefore;
    private long _windowBegan;
    private int _rate = rate;

    /// <summary>Frames that a sender without a pause would have captured since the source was opened.</summary>
    public long Now => FramesUntil(time.GetTimestamp());

    /// <summary>The least delay of late, in frames; 0 before anything came.</summary>
    public long Delay => Math.Min(_least ?? long.MaxValue, _leastBefore ?? long.MaxValue) is var least and < long.MaxValue ? least : 0;

    /// <summary>Audio that ends at <paramref name="position"/> arrived at <paramref name="arrival"/>, both in frames.</summary>
    public void Observe(long arrival, long position)
    {
        var delay = arrival - position;
        if (arrival - _windowBegan >= (long)(Window.TotalSeconds * _rate))
            (_leastBefore, _least, _windowBegan) = (_least, null, arrival);
        _least = Math.Min(_least ?? delay, delay);
    }

    /// <summary>Audio was put elsewhere on the clock: what was observed no longer holds.</summary>
    public void Forget() => (_least, _leastBefore, _windowBegan) = (null, null, Now);

    /// <summary>Counts at another rate from now on.</summary>
    public void ChangeRate(int rate)
    {
        var ratio = new RateRatio(_rate, rate);
        _least = _least is { } least ? ratio.OutputPosition(least) : null;
        _leastBefore = _leastBefore is { } before ? ratio.OutputPosition(before) : null;
        _windowBegan = ratio.OutputPosition(_windowBegan);
        _rate = rate;
    }

    private long FramesUntil(long timestamp) => (long)((Int128)(timestamp - _opened) * _rate / time.TimestampFrequency);
}
