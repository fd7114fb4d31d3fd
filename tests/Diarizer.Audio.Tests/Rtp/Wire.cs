using Diarizer.Audio.Rtp;
using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Tests.Rtp;

/// <summary>A receiver at the end of a network whose clock is moved by hand. What comes out is kept by position: audio, or NaN where it was lost.</summary>
internal sealed class Wire : IDisposable
{
    public const int Rate = 16_000;
    public const int Packet = 320;

    private readonly float[] _buffer = new float[1600];

    public Wire(string query = "payload=L16&rate=16000", AudioSourceOptions? options = null)
    {
        Receiver = new(RtpSettings.Parse(SourceUri.Parse("rtp://127.0.0.1:5004?" + query)), (options ?? new()) with { Time = Time, OnEvent = Events.Add });
    }

    public ManualTime Time { get; } = new();

    public RtpReceiver Receiver { get; }

    public List<SourceEvent> Events { get; } = [];

    public List<float> Heard { get; } = [];

    /// <summary>Frames up to the first audio.</summary>
    public int Origin => Heard.FindIndex(sample => !float.IsNaN(sample));

    public PacketStatistics Packets => Receiver.Statistics.Packets!;

    /// <summary>Lets time pass in small steps, as a reader that polls would.</summary>
    public void Pass(TimeSpan time)
    {
        var until = Time.Elapsed + time;
        for (; Time.Elapsed + TimeSpan.FromMilliseconds(50) < until; Read()) Time.Advance(TimeSpan.FromMilliseconds(50));
        Time.Advance(until - Time.Elapsed);
        Read();
    }

    public RtpReject Give(byte[] datagram)
    {
        var reject = Receiver.Take(datagram);
        Read();
        return reject;
    }

    /// <summary>Sends packets of 20 ms in real time: packet n holds samples from n * 320.</summary>
    public void Send(int first, int count, uint source = 7, int sequence = 0, long timestamp = 0, Func<int, bool>? arrives = null)
    {
        for (var n = first; n < first + count; n++)
        {
            Pass(TimeSpan.FromMilliseconds(20));
            if (arrives is null || arrives(n)) Give(Make(n, source, sequence, timestamp));
        }
    }

    public static byte[] Make(int n, uint source = 7, int sequence = 0, long timestamp = 0, int type = 96) =>
        RtpBytes.Packet(type, sequence + n, timestamp + (long)n * Packet, source, RtpBytes.L16((long)n * Packet, Packet));

    /// <summary>Every sample heard is the one that was sent at its place.</summary>
    /// <param name="from">Where to begin, in frames.</param>
    /// <param name="first">The first packet that came.</param>
    public void AssertInPlace(int from = 0, int first = 0)
    {
        var origin = Origin - first * Packet;
        var misplaced = -1;
        for (var n = Math.Max(from, Origin); n < Heard.Count && misplaced < 0; n++)
        {
            if (!float.IsNaN(Heard[n]) && Heard[n] != RtpBytes.Sample(n - origin) / 32_768f) misplaced = n;
        }

        Assert.True(misplaced < 0, $"The sample heard at {misplaced - Origin} is another one's.");
    }

    /// <summary>Packets that are missing after the first one.</summary>
    public IEnumerable<int> Missing()
    {
        var origin = Origin;
        return Enumerable.Range(0, (Heard.Count - origin) / Packet).Where(n => float.IsNaN(Heard[origin + n * Packet]));
    }

    public void Dispose() => Receiver.Dispose();

    private void Read()
    {
        while (true)
        {
            var (format, read) = (Receiver.Format, Receiver.Read(_buffer));
            for (var n = 0L; n < read.LostFrames; n++) Heard.Add(float.NaN);
            Heard.AddRange(_buffer.AsSpan(0, read.Frames * format.Channels));
            if (read is { Frames: 0, LostFrames: 0 } && format == Receiver.Format) return;
        }
    }
}
