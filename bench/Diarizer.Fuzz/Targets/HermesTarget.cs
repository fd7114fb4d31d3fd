using Diarizer.Audio.Hermes;
using Diarizer.Audio.Sources;

namespace Diarizer.Fuzz.Targets;

/// <summary>Audio frames of satellites over MQTT. A frame gives no more audio than it has bytes for.</summary>
internal sealed class HermesTarget : IFuzzTarget
{
    private readonly SteppedTime _time = new();
    private readonly HermesSource _source;
    private readonly float[] _buffer = new float[32_768];

    public HermesTarget() => _source = (HermesSource)AudioSources.Open("hermes:fuzz", new AudioSourceOptions { Time = _time });

    public string Name => "hermes";

    public IReadOnlyList<byte[]> Seeds { get; } = [Wave(1, 1, 16_000, 16), Wave(1, 2, 44_100, 24), Wave(3, 1, 8000, 32), Wave(1, 1, 48_000, 32)];

    public IReadOnlyList<string> Words { get; } = ["RIFF", "WAVE", "fmt ", "data", "time", "LIST", "\0\0\0\0", "\u0010\0\0\0"];

    public string Read(byte[] input)
    {
        var before = _source.Statistics.Packets!.Received;
        _source.Take(input);
        var isTaken = _source.Statistics.Packets!.Received > before;
        var frames = 0;
        while (isTaken && frames == 0) frames = Drain();
        if (frames > input.Length) throw new FuzzException($"{input.Length} bytes gave {frames} frames");
        _time.Pass(TimeSpan.FromSeconds(frames / (double)_source.Format.SampleRate));
        return isTaken ? $"{int.Log2(frames + 1)} {int.Log2(_source.Format.SampleRate)}" : throw new UserErrorException("An audio frame is not used.");
    }

    public void Dispose() => _source.Dispose();

    private int Drain()
    {
        var read = _source.Read(_buffer);
        if (_buffer.AsSpan(0, read.Frames).ContainsAny(float.NaN, float.PositiveInfinity, float.NegativeInfinity)) throw new FuzzException("audio that is no number");
        return read.Frames;
    }

    private static byte[] Wave(ushort coding, ushort channels, int rate, ushort bits)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("RIFF\0\0\0\0WAVEfmt \u0010\0\0\0"u8);
        writer.Write(coding);
        writer.Write(channels);
        writer.Write(rate);
        writer.Write(rate * channels * bits / 8);
        writer.Write((ushort)(channels * bits / 8));
        writer.Write(bits);
        writer.Write("data"u8);
        writer.Write(channels * bits / 8 * 100);
        writer.Write(new byte[channels * bits / 8 * 100]);
        return stream.ToArray();
    }
}
