using Diarizer.Audio.Rtp;

namespace Diarizer.Audio.Tests.Rtp;

/// <summary>Bad networks, drawn at random: whatever is heard is in its place to the sample.</summary>
public class RtpNetworkTests
{
    private const int Count = 3000;
    private const int ChangeAt = 1500;
    private const double Rate = 0.05;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Loss_reordering_copies_a_wrap_and_another_sender(int seed)
    {
        var random = new Random(seed);
        using var wire = new Wire();
        var arrivals = new List<(double At, int Packet)>();
        for (var n = 0; n < Count; n++)
        {
            if (random.NextDouble() < Rate) continue;
            // Up to 4 ms of jitter; an overtaken packet comes up to two packets late.
            var at = 20.0 * n + random.NextDouble() * 4 + (random.NextDouble() < Rate ? 21 + random.NextDouble() * 20 : 0);
            arrivals.Add((at, n));
            if (random.NextDouble() < Rate) arrivals.Add((at + random.NextDouble() * 80, n));
        }

        foreach (var (at, n) in arrivals.OrderBy(arrival => arrival.At))
        {
            wire.Pass(TimeSpan.FromMilliseconds(at) - wire.Time.Elapsed is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
            wire.Give(n < ChangeAt ? Wire.Make(n, 7, 65_000, uint.MaxValue - 300_000) : Wire.Make(n, 8, 30_000, 42));
        }

        wire.Pass(TimeSpan.FromMilliseconds(200));
        var arrived = arrivals.Select(arrival => arrival.Packet).ToHashSet();
        var first = arrived.Min();
        var lost = Enumerable.Range(first, arrived.Max() - first + 1).Where(n => !arrived.Contains(n)).Select(n => n - first);
        Assert.Equal(lost, wire.Missing());
        wire.AssertInPlace(first: first);
        Assert.Equal((arrived.Max() - first + 1) * Wire.Packet, wire.Heard.Count - wire.Origin);
        Assert.Equal(2, wire.Packets.Senders);
        Assert.InRange(wire.Packets.Reordered, Count * Rate / 2, Count * Rate * 3);
        Assert.InRange(wire.Packets.Duplicates + wire.Packets.Late, Count * Rate / 2, Count * Rate * 2);
    }

    /// <summary>A little of what <c>./bench.sh fuzz</c> does a million times.</summary>
    [Fact]
    public void Changed_packets_neither_break_nor_fill_anything()
    {
        const int Packets = 50_000;
        var random = new Random(5);
        using var receiver = new RtpReceiver(RtpSettings.Parse(Audio.Sources.SourceUri.Parse("rtp://:5004?payload=opus")), new() { Time = new ManualTime() });
        var buffer = new float[1600];
        long frames = 0, lost = 0, before = 0;
        for (var n = 0; n < Packets; n++)
        {
            var packet = RtpBytes.Packet(random.Next(96, 98), n, n * 960L, 7, [0x08, .. Enumerable.Repeat((byte)n, n % 40)], n % 3, n % 5 - 1, n % 7);
            for (var changes = random.Next(4); changes > 0; changes--) packet[random.Next(packet.Length)] = (byte)random.Next(256);
            receiver.Take(packet.AsSpan(0, random.Next(10) == 0 ? random.Next(packet.Length + 1) : packet.Length));
            while (receiver.Read(buffer) is var read && read is not { Frames: 0, LostFrames: 0 })
            {
                (frames, lost) = (frames + read.Frames, lost + read.LostFrames);
                Assert.False(buffer.AsSpan(0, read.Frames).ContainsAny(float.NaN, float.PositiveInfinity, float.NegativeInfinity));
            }

            if (n == Packets / 2) before = GC.GetTotalMemory(forceFullCollection: true);
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 4 << 20);
        // The clock stood still, so no packet may have moved it further than what is believed of one sender's timestamps.
        Assert.InRange(frames + lost, 1, (long)Packets * 320 * 2);
    }
}
