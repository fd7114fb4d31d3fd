using System.Buffers.Binary;
using System.Text;
using Diarizer.Audio.Files;

namespace Diarizer.Fuzz.Targets;

/// <summary>WAV files, as the daemon streams them and as commands read them whole; neither may make more audio than the file has bytes for.</summary>
internal sealed class WavTarget : IFuzzTarget
{
    // The densest coding that there is has less than a bit a sample.
    private const long MostFramesOfByte = 64;

    private readonly string _file = Path.ChangeExtension(Path.GetTempFileName(), ".wav");
    private readonly float[] _block = new float[SndFileSource.MaxChannels * 64];

    public string Name => "wav";

    public IReadOnlyList<byte[]> Seeds { get; } = [Wave(1, 1, 16_000, 16), Wave(1, 2, 44_100, 24), Wave(3, 1, 8_000, 32), Wave(1, 1, 48_000, 8), Wave(7, 1, 8_000, 8), Wave(0xFFFE, 2, 16_000, 16)];

    public IReadOnlyList<string> Words { get; } = ["RIFF", "RIFX", "RF64", "WAVE", "fmt ", "data", "fact", "LIST", "INFO", "ds64", "PEAK", "cue ", "smpl", "bext", "junk", "OggS", "fLaC", "FORM", "AIFF", ".snd", "\0\0\0\0", "ID3"];

    public string Read(byte[] input)
    {
        File.WriteAllBytes(_file, input);
        using var source = new SndFileSource(_file);
        var channels = source.Format.Channels;
        long frames = 0;
        while (source.Read(_block.AsSpan(0, channels * 64)) is var read)
        {
            frames += read.Frames;
            if (frames > MostFramesOfByte * (input.Length + 64L))
                throw new FuzzException($"{input.Length} bytes gave more than {frames} frames");
            if (read.EndOfStream)
                break;
        }

        var whole = AudioFile.ReadMono(_file, out var rate);
        if (whole.Length != frames || whole.Any(sample => !float.IsFinite(sample)))
            throw new FuzzException("the whole file is not the sum of its pieces, or has samples that are no numbers");
        return $"{int.Log2(channels)} {int.Log2(rate)} {long.Log2(frames + 1)}";
    }

    public void Dispose() => File.Delete(_file);

    private static byte[] Wave(ushort coding, ushort channels, int rate, ushort bits)
    {
        const int Frames = 200;
        var frame = channels * bits / 8;
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        var isExtensible = coding == 0xFFFE;
        var samples = new byte[Frames * frame];
        new Random(bits).NextBytes(samples);
        if (coding == 3)
        {
            for (var i = 0; i < samples.Length; i += 4)
                BinaryPrimitives.WriteSingleLittleEndian(samples.AsSpan(i), MathF.Sin(i));
        }

        writer.Write(Encoding.ASCII.GetBytes("RIFF"));
        writer.Write((isExtensible ? 60 : 36) + samples.Length);
        writer.Write(Encoding.ASCII.GetBytes("WAVEfmt "));
        writer.Write(isExtensible ? 40 : 16);
        writer.Write(coding);
        writer.Write(channels);
        writer.Write(rate);
        writer.Write(rate * frame);
        writer.Write((ushort)frame);
        writer.Write(bits);
        if (isExtensible)
        {
            writer.Write((ushort)22);
            writer.Write(bits);
            writer.Write(3);
            writer.Write(new Guid("00000001-0000-0010-8000-00aa00389b71").ToByteArray());
        }

        writer.Write(Encoding.ASCII.GetBytes("data"));
        writer.Write(samples.Length);
        writer.Write(samples);
        return stream.ToArray();
    }
}
