using Diarizer.Audio.Native;

namespace Diarizer.Audio.Files;

/// <summary>Writes 16-bit PCM WAV. Samples beyond [-1, 1] saturate.</summary>
public sealed class WavWriter : IDisposable
{
    private readonly string _path;
    private readonly int _channels;
    private readonly SndFileHandle _file;

    /// <summary>Creates or replaces <paramref name="path"/>.</summary>
    /// <exception cref="UserErrorException">The file cannot be created.</exception>
    public WavWriter(string path, int sampleRate = SampleClock.Rate, int channels = 1)
    {
        SndFile.Require();
        _path = path;
        _channels = channels;
        var info = new SndFile.Info { SampleRate = sampleRate, Channels = channels, Format = SndFile.FormatWavPcm16 };
        _file = SndFile.Open(path, SndFile.ModeWrite, ref info);
        if (_file.IsInvalid)
        {
            _file.Dispose();
            throw new UserErrorException($"'{path}' cannot be written ({SndFile.Message(null).Trim().TrimEnd('.')}); check the folder and its permissions.");
        }

        SndFile.Saturate(_file);
    }

    /// <summary>Appends interleaved frames.</summary>
    /// <exception cref="UserErrorException">The disk is full or gone.</exception>
    public void Write(ReadOnlySpan<float> interleaved)
    {
        var frames = interleaved.Length / _channels;
        if (SndFile.Write(_file, interleaved, frames) != frames)
            throw new UserErrorException($"'{_path}' cannot be written further ({SndFile.Message(_file).Trim().TrimEnd('.')}); is the disk full?");
    }

    /// <summary>Writes a whole mono signal.</summary>
    public static void WriteMono(string path, ReadOnlySpan<float> samples, int sampleRate = SampleClock.Rate)
    {
        using var writer = new WavWriter(path, sampleRate);
        writer.Write(samples);
    }

    /// <summary>Completes the header and closes the file.</summary>
    public void Dispose() => _file.Dispose();
}
