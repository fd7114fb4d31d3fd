using Diarizer.Audio.Rtp;
using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Tests.Rtp;

public class RtpReceiverTests
{
    private static readonly TimeSpan Tail = TimeSpan.FromMilliseconds(200);

    [Fact]
    public void Audio_is_what_was_sent()
    {
        using var wire = new Wire();
        wire.Send(0, 50);
        Assert.Equal(50 * Wire.Packet, wire.Heard.Count - wire.Origin);
        Assert.DoesNotContain(wire.Heard.Skip(wire.Origin), float.IsNaN);
        wire.AssertInPlace();
        Assert.Equal((50, 0, 0, 0, 1), (wire.Packets.Received, wire.Packets.Lost, wire.Packets.Duplicates, wire.Packets.Reordered, wire.Packets.Senders));
    }

    [Fact]
    public void Audio_passes_at_once_while_nothing_is_missing()
    {
        using var wire = new Wire();
        wire.Send(0, 20);
        var before = wire.Heard.Count;
        wire.Give(Wire.Make(20));
        Assert.Equal(before + Wire.Packet, wire.Heard.Count);
    }

    [Fact]
    public void A_lost_packet_is_a_gap_of_its_length()
    {
        using var wire = new Wire();
        wire.Send(0, 50, arrives: n => n is not (10 or 20 or 21 or 22));
        wire.AssertInPlace();
        Assert.Equal([10, 20, 21, 22], wire.Missing());
        Assert.Equal((50 * Wire.Packet, 4), (wire.Heard.Count - wire.Origin, (int)wire.Packets.Lost));
        Assert.Empty(wire.Events);
    }

    [Fact]
    public void A_missing_packet_is_waited_for_as_long_as_is_set()
    {
        using var wire = new Wire("payload=L16&rate=16000&jitter_ms=60");
        wire.Send(0, 10);
        var before = wire.Heard.Count;
        wire.Give(Wire.Make(11));
        wire.Pass(TimeSpan.FromMilliseconds(59));
        Assert.Equal(before, wire.Heard.Count);
        wire.Pass(TimeSpan.FromMilliseconds(2));
        Assert.Equal(before + 2 * Wire.Packet, wire.Heard.Count);
        Assert.Equal([10], wire.Missing());
    }

    [Fact]
    public void Overtaken_packets_are_put_in_order_and_copies_left_out()
    {
        using var wire = new Wire();
        foreach (var n in new[] { 0, 1, 2, 4, 3, 3, 5, 7, 8, 6, 6, 2, 9 }) wire.Give(Wire.Make(n));
        wire.AssertInPlace();
        Assert.Empty(wire.Missing());
        Assert.Equal(10 * Wire.Packet, wire.Heard.Count - wire.Origin);
        Assert.Equal((10, 2, 3, 0), (wire.Packets.Received, wire.Packets.Reordered, wire.Packets.Duplicates, wire.Packets.Late));
    }

    [Fact]
    public void What_comes_too_late_is_counted_and_left_out()
    {
        using var wire = new Wire();
        wire.Send(0, 30, arrives: n => n != 10);
        wire.Give(Wire.Make(10));
        wire.AssertInPlace();
        Assert.Equal([10], wire.Missing());
        Assert.Equal((1, 1), (wire.Packets.Lost, wire.Packets.Late));
    }

    [Fact]
    public void Numbers_and_timestamps_begin_again_after_their_last()
    {
        using var wire = new Wire();
        wire.Send(0, 100, sequence: 65_500, timestamp: uint.MaxValue - 10_000, arrives: n => n is not (35 or 36));
        wire.AssertInPlace();
        Assert.Equal([35, 36], wire.Missing());
        Assert.Empty(wire.Events);
    }

    [Fact]
    public void Another_sender_goes_on_where_the_first_one_ended()
    {
        using var wire = new Wire();
        wire.Send(0, 50);
        wire.Send(50, 50, source: 8, sequence: 40_000, timestamp: 123_456_789);
        wire.Pass(Tail);
        wire.AssertInPlace();
        Assert.Empty(wire.Missing());
        Assert.Equal((100 * Wire.Packet, 2), (wire.Heard.Count - wire.Origin, (int)wire.Packets.Senders));
    }

    [Fact]
    public void What_is_lost_between_two_senders_is_a_gap_of_whole_packets()
    {
        using var wire = new Wire();
        wire.Send(0, 50, arrives: n => n != 49);
        wire.Send(50, 50, source: 8, sequence: 40_000, timestamp: 123_456_789, arrives: n => n is not (50 or 51));
        wire.Pass(Tail);
        wire.AssertInPlace();
        Assert.Equal([49, 50, 51], wire.Missing());
    }

    [Fact]
    public void A_pause_between_two_senders_is_measured_by_the_clock()
    {
        using var wire = new Wire();
        wire.Send(0, 50);
        wire.Pass(TimeSpan.FromSeconds(7));
        // 7 s are 350 packets.
        wire.Send(400, 20, source: 8, timestamp: 99);
        wire.AssertInPlace();
        Assert.Equal(Enumerable.Range(50, 350), wire.Missing());
        Assert.Equal([SourceEventKind.NoFrames, SourceEventKind.Reopened], wire.Events.Select(happened => happened.Kind));
        Assert.Equal((1, 1, false), (wire.Receiver.Statistics.DeviceLosses, wire.Receiver.Statistics.Reopened, wire.Receiver.IsDown));
    }

    [Fact]
    public void A_sender_that_begins_its_numbers_anew_is_taken_up()
    {
        using var wire = new Wire();
        wire.Send(0, 50);
        wire.Send(50, 50, sequence: 20_000, timestamp: 777_777);
        wire.AssertInPlace();
        Assert.Empty(wire.Missing());
    }

    [Fact]
    public void After_an_outage_of_the_network_timestamps_tell_the_gap_exactly()
    {
        using var wire = new Wire();
        wire.Send(0, 50);
        // More than the numbers can tell apart, and with a delay that is not a multiple of anything.
        wire.Send(50, 5000, arrives: _ => false);
        wire.Pass(TimeSpan.FromMilliseconds(7));
        wire.Send(5050, 50);
        wire.AssertInPlace();
        Assert.Equal(Enumerable.Range(50, 5000), wire.Missing());
    }

    [Fact]
    public void The_clock_goes_on_while_nobody_sends()
    {
        using var wire = new Wire();
        wire.Pass(TimeSpan.FromSeconds(10));
        Assert.True(wire.Receiver.IsDown);
        Assert.InRange(wire.Heard.Count, 9.5 * Wire.Rate, 10 * Wire.Rate);
        wire.Send(0, 10);
        Assert.InRange(wire.Origin, 9.9 * Wire.Rate, 10.1 * Wire.Rate);
        wire.AssertInPlace();
        Assert.Equal([SourceEventKind.NoFrames, SourceEventKind.Reopened], wire.Events.Select(happened => happened.Kind));
    }

    [Fact]
    public void Silence_that_a_sender_leaves_out_is_silence_and_no_loss()
    {
        using var wire = new Wire();
        wire.Send(0, 50);
        wire.Pass(TimeSpan.FromMilliseconds(600));
        // Thirty packets of time, and the next number.
        wire.Send(80, 20, sequence: -30);
        var silence = wire.Heard.Skip(wire.Origin + 50 * Wire.Packet).Take(30 * Wire.Packet);
        Assert.All(silence, sample => Assert.Equal(0, sample));
        Assert.Equal((100 * Wire.Packet, 0), (wire.Heard.Count - wire.Origin, (int)wire.Packets.Lost));
        wire.AssertInPlace(wire.Origin + 80 * Wire.Packet);
    }

    [Fact]
    public void Timestamps_that_jump_beyond_belief_do_not_move_the_clock()
    {
        using var wire = new Wire();
        wire.Send(0, 50);
        wire.Send(50, 50, timestamp: 1_000_000_000);
        wire.Send(100, 50, timestamp: 5);
        wire.AssertInPlace();
        Assert.Empty(wire.Missing());
        Assert.Equal(150 * Wire.Packet, wire.Heard.Count - wire.Origin);
        Assert.All(wire.Events, happened => Assert.Contains("timestamps jumped", happened.Message));
    }

    [Fact]
    public void A_second_sender_is_not_heard_while_the_first_one_sends()
    {
        using var wire = new Wire();
        for (var n = 0; n < 200; n++)
        {
            wire.Send(n, 1);
            for (var other = 0; other < 4; other++) wire.Give(Wire.Make(4 * n + other, source: 66));
        }

        wire.AssertInPlace();
        Assert.Empty(wire.Missing());
        Assert.Equal(1, wire.Packets.Senders);
        Assert.Contains("other_sender", wire.Packets.Rejected.Keys);
        Assert.Single(wire.Events);
    }

    [Fact]
    public void One_packet_of_a_stranger_is_no_sender()
    {
        using var wire = new Wire();
        wire.Give(Wire.Make(0, source: 1));
        wire.Give(Wire.Make(0, source: 2));
        Assert.Equal(0, wire.Packets.Senders);
    }

    [Fact]
    public void Other_payloads_between_the_audio_are_no_loss()
    {
        using var wire = new Wire();
        for (var n = 0; n < 30; n++)
        {
            // Every tenth number is a key of a telephone, and takes no time.
            var (sent, number) = (n - n / 10, n);
            if (n % 10 == 9) Assert.Equal(RtpReject.PayloadType, wire.Give(RtpBytes.Packet(13, number, sent * Wire.Packet, 7, [1, 2, 3, 4])));
            else wire.Give(RtpBytes.Packet(96, number, sent * Wire.Packet, 7, RtpBytes.L16(sent * Wire.Packet, Wire.Packet)));
        }

        wire.AssertInPlace();
        Assert.Empty(wire.Missing());
        Assert.Equal(0, wire.Packets.Lost);
    }

    [Fact]
    public void Static_payload_types_need_no_settings_and_may_change()
    {
        using var wire = new Wire("jitter_ms=0");
        Assert.Equal(new(8000, 1), wire.Receiver.Format);
        void Send(int type, int from, int bytes, int ticks)
        {
            for (var n = from; n < from + 20; n++)
            {
                wire.Pass(TimeSpan.FromMilliseconds(20));
                wire.Give(RtpBytes.Packet(type, n, n * ticks, 5, new byte[bytes]));
            }
        }

        Send(8, 0, 160, 160);
        Assert.Equal(-5504 / 32_768f, wire.Heard[^1]);
        Send(0, 20, 160, 160);
        Assert.Equal(-32124 / 32_768f, wire.Heard[^1]);
        Assert.Equal(40 * 160, wire.Heard.Count - wire.Origin);
        Send(11, 40, 882 * 2, 882);
        Assert.Equal(new(44_100, 1), wire.Receiver.Format);
        Assert.Equal(40 * 160 + 20 * 882, wire.Heard.Count - wire.Origin);
        Assert.Equal(RtpReject.PayloadType, wire.Give(RtpBytes.Packet(96, 60, 0, 5, new byte[160])));
    }

    [Theory]
    [InlineData(nameof(RtpReject.Empty), 0)]
    [InlineData(nameof(RtpReject.BadPayload), 3)]
    [InlineData(nameof(RtpReject.TooLong), 8194)]
    public void Payloads_that_cannot_be_played_are_refused_once_aloud(string reason, int length)
    {
        using var wire = new Wire();
        for (var n = 0; n < 5; n++) Assert.Equal(reason, wire.Give(RtpBytes.Packet(96, n, n, 7, new byte[length])).ToString());
        Assert.Equal(5, wire.Packets.Rejected.Values.Single());
        Assert.Single(wire.Events);
    }

    [Fact]
    public void Steady_reception_allocates_nothing()
    {
        using var receiver = new RtpReceiver(RtpSettings.Parse(SourceUri.Parse("rtp://:5004?payload=L16&rate=16000")), new());
        var packets = Enumerable.Range(0, 4096).Select(n => Wire.Make(n)).ToArray();
        var buffer = new float[160];
        void Run(int from, int to)
        {
            for (var n = from; n < to; n++)
            {
                // Every fiftieth is lost, every thirtieth overtaken.
                if (n % 50 != 0) receiver.Take(packets[n % 30 == 10 ? n + 1 : n % 30 == 11 ? n - 1 : n]);
                while (receiver.Read(buffer) is not { Frames: 0, LostFrames: 0 })
                {
                }
            }
        }

        Run(0, 2000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(2000, 4000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.InRange(receiver.Statistics.Packets!.Reordered, 100, 200);
    }
}
