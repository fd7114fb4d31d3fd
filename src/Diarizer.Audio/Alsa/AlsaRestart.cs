using Diarizer.Audio.Live;
using Diarizer.Audio.Native;
using static Diarizer.Audio.Native.AsoundParameters;

namespace Diarizer.Audio.Alsa;

/// <summary>Starts a device again that stopped by itself, and says what that cost.</summary>
internal sealed class AlsaRestart : IDisposable
{
    private readonly PcmHandle _pcm;
    private readonly int _rate;
    private nint _status;

    public AlsaRestart(PcmHandle pcm, int rate)
    {
        (_pcm, _rate) = (pcm, rate);
        if (NewStatus(out _status) < 0) _status = 0;
    }

    /// <summary>Frames lost, <see cref="DeviceRead.Unknown"/> if the device keeps no times, or null if it does not start.</summary>
    public long? AfterOverrun()
    {
        var (stopped, unread) = Trigger();
        if (Asound.Prepare(_pcm) < 0 || Asound.Start(_pcm) < 0) return null;
        var (started, _) = Trigger();
        return LostFrames(stopped, started, unread, _rate);
    }

    /// <summary>As <see cref="AfterOverrun"/>, for a machine that slept.</summary>
    public long? AfterSuspension()
    {
        if (Asound.Resume(_pcm) >= 0) return DeviceRead.Unknown;
        return Asound.Prepare(_pcm) >= 0 && Asound.Start(_pcm) >= 0 ? DeviceRead.Unknown : null;
    }

    /// <summary>What was captured and thrown away by the restart, and what passed between stop and start.</summary>
    public static long LostFrames(long stoppedNanoseconds, long startedNanoseconds, long unread, int rate)
    {
        if (stoppedNanoseconds <= 0 || startedNanoseconds < stoppedNanoseconds) return DeviceRead.Unknown;
        var pause = (Int128)(startedNanoseconds - stoppedNanoseconds);
        return unread + (long)((pause * rate + 500_000_000) / 1_000_000_000);
    }

    public void Dispose()
    {
        if (_status != 0) FreeStatus(_status);
        _status = 0;
    }

    private (long Nanoseconds, long Unread) Trigger()
    {
        if (_status == 0 || Status(_pcm, _status) < 0) return (0, 0);
        StatusTriggerTime(_status, out var time);
        return (time.TotalNanoseconds, (long)StatusAvailable(_status));
    }
}
