using Diarizer.Audio.Live;

namespace Diarizer.Audio.Tests.Live;

/// <summary>A device whose every read is written down beforehand. Reading takes the time that the frames take.</summary>
internal sealed class ScriptedDevice(ManualTime time, AudioFormat format, params DeviceRead[] script) : ICaptureDevice
{
    private int _next;

    public AudioFormat Format => format;

    public bool Disposed { get; private set; }

    public DeviceRead Read(Span<float> interleaved)
    {
        if (_next == script.Length)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return default;
        }

        var read = script[_next++];
        time.Advance(TimeSpan.FromSeconds(read.Frames / (double)format.SampleRate));
        return read;
    }

    public void Dispose() => Disposed = true;
}
