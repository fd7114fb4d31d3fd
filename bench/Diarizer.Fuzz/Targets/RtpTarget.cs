using System.Buffers.Binary;
using Diarizer.Audio;
using Diarizer.Audio.Rtp;
using Diarizer.Audio.Sources;

namespace Diarizer.Fuzz.Targets;

/// <summary>
/// RTP packets, among those of a good sender, at receivers that go on for ever. No packet may move a receiver's clock further than time and the audio that came,
/// or make audio that is no number.
/// </summary>
internal sealed class RtpTarget : IFuzzTarget
{
    private const uint GoodSender = 7;

    // What a sender's timestamps may be ahead of the clock, and the longest packet.
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private readonly Line[] _lines = [new("payload=L16&rate=16000", 96, 16_000, new byte[640]), new("payload=opus", 111, 48_000, [0x08, 1, 2, 3, 4, 5]), new("", 0, 8000, new byte[160])];
    private int _turn;

    public string Name => "rtp";

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        Packet(96, 100, 32_000, GoodSender, new byte[640]),
        Packet(111, 100, 96_000, GoodSender, [0x08, 1, 2, 3]),
        Packet(0, 100, 16_000, GoodSender, new byte[160]),
        Packet(11, 1, 5, 99, new byte[882]),
        [0xBF, 96, 0, 101, 0, 0, 0x7E, 0x40, 0, 0, 0, 7, .. new byte[60], 0xBE, 0xDE, 0, 1, 1, 2, 3, 4, .. new byte[640], 0, 0, 0, 4],
        [0x81, 200, 0, 6, .. new byte[24]],
    ];

    public IReadOnlyList<string> Words { get; } = ["\0\0\0\u0007", "\u0000", "\u007f\u007f", "\0\0\0\0", "`", "o"];

    public string Read(byte[] input)
    {
        var line = _lines[_turn++ % _lines.Length];
        line.Time.Pass(Step);
        line.SendGood();
        var reject = line.Give(input);
        line.Check();
        return reject == RtpReject.None ? $"{input.Length / 64} {line.Heard % 3}" : throw new UserErrorException(RtpComplaint.Of(reject));
    }

    public void Dispose()
    {
        foreach (var line in _lines) line.Receiver.Dispose();
    }

    private static byte[] Packet(int type, int sequence, long timestamp, uint source, byte[] payload)
    {
        byte[] bytes = [0x80, (byte)type, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. payload];
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)sequence);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), (uint)timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8), source);
        return bytes;
    }

    private sealed class Line(string query, int type, int clockRate, byte[] payload)
    {
        private readonly float[] _buffer = new float[4096];
        private double _seconds;
        private double _given;
        private int _sent;

        public SteppedTime Time { get; } = new();

        public RtpReceiver Receiver => field ??= new(RtpSettings.Parse(SourceUri.Parse("rtp://:5004?" + query)), new AudioSourceOptions { Time = Time });

        public long Heard { get; private set; }

        public void SendGood()
        {
            // Every fourth is lost.
            if (_sent++ % 4 != 0) Give(Packet(type, _sent, _sent * (clockRate / 50L), GoodSender, payload));
        }

        public RtpReject Give(byte[] datagram)
        {
            var reject = Receiver.Take(datagram);
            _given += reject == RtpReject.None ? RtpReceiver.MostPayloadBytes / (double)Receiver.Format.SampleRate : 0;
            while (true)
            {
                var (format, read) = (Receiver.Format, Receiver.Read(_buffer));
                _seconds += (read.Frames + read.LostFrames) / (double)format.SampleRate;
                Heard += read.Frames;
                if (_buffer.AsSpan(0, read.Frames * format.Channels).ContainsAny(float.NaN, float.PositiveInfinity, float.NegativeInfinity)) throw new FuzzException("audio that is no number");
                if (read is { Frames: 0, LostFrames: 0 } && format == Receiver.Format) return reject;
            }
        }

        public void Check()
        {
            if (_seconds > (Time.Elapsed + Trust).TotalSeconds + _given) throw new FuzzException($"the clock went {_seconds - Time.Elapsed.TotalSeconds:F1} s ahead");
        }
    }
}
