using Diarizer.Audio.Resampling;
using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Pipes;

/// <summary>Headerless PCM from a stream, as it comes: <c>stdin:?rate=16000&amp;channels=1&amp;format=s16le</c>.</summary>
public sealed class RawPcmSource : IAudioSource
{
    private readonly Stream _stream;
    private readonly PcmEncoding _encoding;
    private readonly AudioSourceOptions _options;
    private readonly byte[] _bytes;
    private int _held;
    private bool _begun;
    private bool _ended;

    /// <summary>Reads from a stream; a read of it that returns less than was asked for is not its end.</summary>
    /// <param name="uri">What to call it.</param>
    /// <param name="stream">Owned from here on.</param>
    /// <param name="format">Nothing in the stream tells it, so it has to be right.</param>
    /// <param name="encoding">The layout of a sample.</param>
    /// <param name="options">Where irregularities are reported.</param>
    public RawPcmSource(string uri, Stream stream, AudioFormat format, PcmEncoding encoding, AudioSourceOptions? options = null)
    {
        (Uri, _stream, Format, _encoding, _options) = (uri, stream, format, encoding, options ?? new());
        // A quarter of a second is the most that one read passes on.
        _bytes = new byte[Math.Max(1, format.SampleRate / 4) * FrameBytes];
    }

    /// <inheritdoc/>
    public string Uri { get; }

    /// <inheritdoc/>
    public AudioFormat Format { get; }

    /// <summary>False: a pipe can be asked to wait.</summary>
    public bool IsLive => false;

    private int FrameBytes => Format.Channels * _encoding.BytesPerSample();

    /// <summary>Opens <c>stdin:</c>.</summary>
    /// <exception cref="UserErrorException">The query is wrong, or standard input is a terminal.</exception>
    internal static RawPcmSource Open(SourceUri uri, AudioSourceOptions options)
    {
        uri.Allow("rate", "channels", "format");
        if (uri.Target.Length > 0) throw new UserErrorException($"'{uri}' names something after stdin:, which takes only ?rate=, channels= and format=.");
        var format = new AudioFormat(
            uri.Number("rate", SampleClock.Rate, Resampler.MinRate, Resampler.MaxRate),
            uri.Number("channels", 1, 1, 64));
        var encoding = uri.Choice("format", "s16le", "f32le", "s32le", "s24le") switch
        {
            "f32le" => PcmEncoding.F32,
            "s32le" => PcmEncoding.S32,
            "s24le" => PcmEncoding.S24Packed,
            _ => PcmEncoding.S16,
        };
        return new(uri.Text, options.StandardInput ?? StandardInput.Open(), format, encoding, options);
    }

    /// <inheritdoc/>
    public AudioRead Read(Span<float> interleaved)
    {
        if (_ended) return new(0, 0, true);
        if (_stream is StandardInput && !StandardInput.HasBytesSoon()) return default;
        var room = Math.Min(interleaved.Length / Format.Channels * FrameBytes, _bytes.Length) - _held;
        var count = _stream.Read(_bytes, _held, room);
        if (count == 0) return End();
        var total = _held + count;
        if (!_begun && total >= 4) RefuseContainers();
        var frames = total / FrameBytes;
        var whole = frames * FrameBytes;
        _encoding.ToFloat(_bytes.AsSpan(0, whole), interleaved);
        _held = total - whole;
        _bytes.AsSpan(whole, _held).CopyTo(_bytes);
        return new(frames, 0, false);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private AudioRead End()
    {
        _ended = true;
        if (_held > 0)
            _options.OnEvent?.Invoke(new(
                SourceEventKind.Irregular,
                Uri,
                $"The stream ended {_held} byte(s) into a frame of {FrameBytes}; they are left out. Check rate, channels and format if it sounds wrong."));
        return new(0, 0, true);
    }

    private void RefuseContainers()
    {
        _begun = true;
        var head = _bytes.AsSpan(0, 4);
        if (head.SequenceEqual("RIFF"u8) || head.SequenceEqual("fLaC"u8) || head.SequenceEqual("OggS"u8))
            throw new UserErrorException($"'{Uri}' wants raw PCM but a file came in; give the file itself, or decode it first with sox or ffmpeg.");
    }
}
