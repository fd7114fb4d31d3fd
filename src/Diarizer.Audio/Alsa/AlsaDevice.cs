using Diarizer.Audio.Live;
using Diarizer.Audio.Native;
using Diarizer.Audio.Pipes;

namespace Diarizer.Audio.Alsa;

/// <summary>
/// One opening of an ALSA capture device, non-blocking underneath. Overruns are mended here, because only the device knows how many frames
/// they cost; everything else is reported as a fault.
/// </summary>
internal sealed unsafe class AlsaDevice : ICaptureDevice
{
    private const int PatienceMilliseconds = 100;

    private readonly string _name;
    private readonly PcmHandle _pcm;
    private readonly AlsaAgreement _agreed;
    private readonly AlsaRestart? _restart;
    private readonly byte[] _bytes = [];

    /// <exception cref="UserErrorException">The device cannot be opened or used.</exception>
    public AlsaDevice(AlsaSettings wanted)
    {
        Asound.Require();
        _name = wanted.Name;
        var result = Asound.Open(out _pcm, wanted.Name, Asound.StreamCapture, Asound.NonBlocking);
        try
        {
            AlsaResult.Check(result, wanted.Name, "cannot be opened");
            _agreed = AlsaNegotiation.Agree(_pcm, wanted);
            AlsaNegotiation.KeepRunningWhenFull(_pcm, _agreed, wanted.Name);
            _bytes = new byte[_agreed.BufferFrames * _agreed.Format.Channels * _agreed.Encoding.BytesPerSample()];
            _restart = new(_pcm, _agreed.Format.SampleRate);
            AlsaResult.Check(Asound.Prepare(_pcm), wanted.Name, "cannot be prepared");
            AlsaResult.Check(Asound.Start(_pcm), wanted.Name, "cannot be started");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public AudioFormat Format => _agreed.Format;

    public DeviceRead Read(Span<float> interleaved)
    {
        var ready = Asound.Wait(_pcm, PatienceMilliseconds);
        if (ready < 0) return Mend(ready);
        var available = Asound.Available(_pcm);
        if (available < 0) return Mend((int)available);

        var lost = 0L;
        if (available > _agreed.BufferFrames)
        {
            // One period more than was overwritten: the device keeps writing into the oldest part while it is read.
            lost = Asound.Forward(_pcm, (nuint)(available - _agreed.BufferFrames + _agreed.PeriodFrames));
            if (lost < 0) return Mend((int)lost);
            available -= (nint)lost;
        }

        var wanted = Math.Min(interleaved.Length / Format.Channels, _agreed.BufferFrames);
        var frames = Fetch(Math.Min(wanted, (int)available));
        if (frames == Asound.TryAgain || frames == 0) return new(0, 0, lost);
        if (frames < 0) return Mend(frames);
        var size = _agreed.Encoding.BytesPerSample() * Format.Channels;
        _agreed.Encoding.ToFloat(_bytes.AsSpan(0, frames * size), interleaved);
        return new(frames, available - frames, lost);
    }

    public void Dispose()
    {
        _restart?.Dispose();
        _pcm.Dispose();
    }

    private int Fetch(int frames)
    {
        if (frames <= 0) return 0;
        fixed (byte* bytes = _bytes) return (int)Asound.Read(_pcm, bytes, (nuint)frames);
    }

    private DeviceRead Mend(int error)
    {
        if (error == Asound.TryAgain) return default;
        var lost = error switch
        {
            Asound.BrokenPipe => _restart!.AfterOverrun(),
            Asound.Suspended => _restart!.AfterSuspension(),
            _ => null,
        };
        return lost is { } frames ? new(0, 0, frames) : new(0, Fault: $"{_name}: {Asound.Message(error)}");
    }
}
