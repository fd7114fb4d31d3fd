#if STACK_NUGET
using Diarizer.Audio.Live;
using Diarizer.Audio.Pipes;
using NAudio.Wave;

namespace Diarizer.Audio.NAudioCapture;

/// <summary>Any NAudio recorder as a device. NAudio pushes on its own thread; a buffer of one second lies between.</summary>
internal sealed class WaveInDevice : ICaptureDevice
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly IWaveIn _recorder;
    private readonly PcmEncoding _encoding;
    private readonly PushBuffer _buffer;
    private readonly float[] _samples;

    /// <exception cref="UserErrorException">The recorder does not start or has a sample format that is not known here.</exception>
    public WaveInDevice(Func<IWaveIn> open)
    {
        _recorder = open();
        try
        {
            var format = _recorder.WaveFormat;
            Format = new(format.SampleRate, format.Channels);
            _encoding = Encoding(format);
            _samples = new float[format.SampleRate * format.Channels];
            _buffer = new(format.SampleRate, format.Channels);
            _recorder.DataAvailable += OnData;
            _recorder.RecordingStopped += OnStopped;
            _recorder.StartRecording();
        }
        catch (Exception error)
        {
            _recorder.Dispose();
            if (error is UserErrorException) throw;
            throw new UserErrorException($"NAudio cannot record ({error.Message.TrimEnd('.')}); `diarizer devices` lists what there is.", error);
        }
    }

    public AudioFormat Format { get; }

    public DeviceRead Read(Span<float> interleaved) => _buffer.Read(interleaved, Patience);

    public void Dispose()
    {
        _recorder.DataAvailable -= OnData;
        _recorder.RecordingStopped -= OnStopped;
        _recorder.Dispose();
    }

    private static PcmEncoding Encoding(WaveFormat format) => (format.Encoding, format.BitsPerSample) switch
    {
        (WaveFormatEncoding.IeeeFloat, 32) => PcmEncoding.F32,
        (WaveFormatEncoding.Pcm, 16) => PcmEncoding.S16,
        (WaveFormatEncoding.Pcm, 24) => PcmEncoding.S24Packed,
        (WaveFormatEncoding.Pcm, 32) => PcmEncoding.S32,
        _ => throw new UserErrorException($"NAudio offers {format}, which cannot be used; ask for 16-bit PCM."),
    };

    private void OnData(object? sender, WaveInEventArgs data)
    {
        var bytes = data.BufferSpan;
        var size = _encoding.BytesPerSample() * Format.Channels;
        var most = _samples.Length / Format.Channels * size;
        while (bytes.Length >= size)
        {
            var part = bytes[..Math.Min(most, bytes.Length / size * size)];
            _encoding.ToFloat(part, _samples);
            _buffer.Push(_samples.AsSpan(0, part.Length / _encoding.BytesPerSample()));
            bytes = bytes[part.Length..];
        }
    }

    private void OnStopped(object? sender, StoppedEventArgs stopped) => _buffer.Fail(stopped.Exception?.Message ?? "recording stopped");
}
#endif
