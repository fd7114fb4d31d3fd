using Diarizer.Audio.Native;
using Diarizer.Audio.Resampling;
using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Files;

/// <summary>A recording decoded by libsndfile (WAV, FLAC, Ogg Vorbis, Opus, MP3), a piece at a time: memory does not grow with its length.</summary>
public sealed class SndFileSource : IAudioSource
{
    /// <summary>More channels than this are a damaged header rather than a microphone array.</summary>
    public const int MaxChannels = 64;

    private const int HeaderBytes = 1024;

    private readonly string _path;
    private readonly SndFileHandle _file;
    private readonly bool _loop;
    private readonly Action<SourceEvent>? _onEvent;
    private bool _ended;
    private long _decoded;

    /// <summary>Opens a recording.</summary>
    /// <param name="path">A file in any format that libsndfile reads.</param>
    /// <param name="loop">Starts over at the end, for ever.</param>
    /// <param name="onEvent">Told when the file ends before its time.</param>
    /// <exception cref="UserErrorException">It is missing, not audio, or has an impossible rate or channel count.</exception>
    public SndFileSource(string path, bool loop = false, Action<SourceEvent>? onEvent = null)
    {
        (_path, _loop, _onEvent) = (path, loop, onEvent);
        CheckFile(path);
        SndFile.Require();
        var info = new SndFile.Info();
        _file = SndFile.Open(path, SndFile.ModeRead, ref info);
        try
        {
            if (_file.IsInvalid)
                throw new UserErrorException($"'{path}' is not audio that can be decoded ({Clean(SndFile.Message(null))}); give a WAV, FLAC, Ogg, Opus or MP3 file.");
            CheckHeader(path, info);
        }
        catch
        {
            _file.Dispose();
            throw;
        }

        Format = new(info.SampleRate, info.Channels);
        Frames = info.Frames is > 0 and < long.MaxValue / 2 ? info.Frames : 0;
    }

    /// <inheritdoc/>
    public string Uri => "file:" + _path;

    /// <inheritdoc/>
    public AudioFormat Format { get; }

    /// <summary>Frames announced by the header; 0 when unknown. A damaged file may hold fewer.</summary>
    public long Frames { get; }

    /// <inheritdoc/>
    public bool IsLive => false;

    /// <inheritdoc/>
    public AudioRead Read(Span<float> interleaved)
    {
        if (_ended) return new(0, 0, true);
        var wanted = interleaved.Length / Format.Channels;
        var frames = (int)SndFile.Read(_file, interleaved, wanted);
        _decoded += frames;
        // A file without a single frame would go round for ever.
        _ended = frames < wanted && !(_loop && _decoded > 0 && SndFile.Seek(_file, 0, 0) == 0);
        if (_ended && !_loop && _decoded < Frames)
            _onEvent?.Invoke(new(SourceEventKind.Irregular, Uri, $"The file is damaged or cut off: {_decoded} of its {Frames} frames could be decoded."));
        return new(frames, 0, _ended);
    }

    /// <summary>Goes to a frame, from which the next read continues.</summary>
    /// <param name="frame">Frames from the start.</param>
    /// <returns>False where the file has no such frame or its format cannot be sought in.</returns>
    public bool SeekTo(long frame)
    {
        if (SndFile.Seek(_file, frame, 0) != frame) return false;
        (_decoded, _ended) = (frame, false);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static void CheckFile(string path)
    {
        if (Directory.Exists(path)) throw new UserErrorException($"'{path}' is a folder; give an audio file.");
        if (!File.Exists(path)) throw new UserErrorException($"There is no file '{path}'; check the path.");
        // Asked before it is opened: a pipe reports 0 bytes, and opening one would wait for its writer.
        if (new FileInfo(path).Length == 0)
            throw new UserErrorException($"'{path}' is empty; give a file with audio in it (a pipe goes to stdin:).");
        try
        {
            using var probe = File.OpenRead(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"'{path}' cannot be read; check its permissions.", failure);
        }
    }

    private static void CheckHeader(string path, in SndFile.Info info)
    {
        if (info.SampleRate is < Resampler.MinRate or > Resampler.MaxRate)
            throw new UserErrorException(
                $"'{path}' claims a sample rate of {info.SampleRate} Hz; it must lie between {Resampler.MinRate} and {Resampler.MaxRate} Hz.");
        if (info.Channels is < 1 or > MaxChannels)
            throw new UserErrorException($"'{path}' claims {info.Channels} channels; it must have 1 to {MaxChannels}.");
        // What a recorder leaves behind that was killed before it could complete its header.
        if (info.Frames == 0 && new FileInfo(path).Length > HeaderBytes)
            throw new UserErrorException(
                $"'{path}' says that it holds no audio, but it is longer than a header; if its recorder was cut off, mend it with sox --ignore-length.");
    }

    private static string Clean(string message) => message.Trim().TrimEnd('.');
}
