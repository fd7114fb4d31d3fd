using Diarizer.Audio.Capturing;

namespace Diarizer.Audio.Tests.Capturing;

public class SampleRingTests
{
    [Fact]
    public void Gaps_lie_between_the_samples_they_were_put_between()
    {
        var ring = new SampleRing(10);
        ring.Write([1, 2]);
        ring.AddGap(5);
        ring.AddGap(6);
        ring.Write([3]);
        var buffer = new float[10];
        Assert.Equal((2, 0), ring.Read(buffer));
        Assert.Equal((1, 11), ring.Read(buffer));
        Assert.Equal(3, buffer[0]);
    }

    [Fact]
    public void What_is_dropped_becomes_a_gap_and_swallows_the_gaps_within()
    {
        var ring = new SampleRing(4);
        ring.Write([1, 2]);
        ring.AddGap(100);
        ring.Write([3, 4]);
        Assert.Equal(3, ring.Write([5, 6, 7]));
        var buffer = new float[4];
        Assert.Equal((4, 103), ring.Read(buffer));
        Assert.Equal([4, 5, 6, 7], buffer);
    }

    [Fact]
    public void A_block_larger_than_the_ring_leaves_its_end()
    {
        var ring = new SampleRing(3);
        ring.Write([1]);
        Assert.Equal(3, ring.Write([2, 3, 4, 5, 6]));
        var buffer = new float[4];
        Assert.Equal((3, 3), ring.Read(buffer));
        Assert.Equal([4, 5, 6, 0], buffer);
    }

    [Fact]
    public void Time_adds_up_whatever_happens()
    {
        var random = new Random(7);
        var ring = new SampleRing(50, gapCapacity: 4);
        var buffer = new float[40];
        var (clockIn, clockOut) = (0L, 0L);
        for (var round = 0; round < 20_000; round++)
        {
            switch (random.Next(3))
            {
                case 0:
                    // Each sample is its own time, so a sample read at another time would show.
                    var block = Enumerable.Range(0, random.Next(70)).Select(n => (float)((clockIn + n) % 100_003)).ToArray();
                    ring.Write(block);
                    clockIn += block.Length;
                    break;
                case 1:
                    var gap = random.Next(1, 30);
                    ring.AddGap(gap);
                    clockIn += gap;
                    break;
                default:
                    var (samples, before) = ring.Read(buffer.AsSpan(0, random.Next(1, 41)));
                    clockOut += before;
                    for (var n = 0; n < samples; n++) Assert.Equal((clockOut + n) % 100_003, buffer[n]);
                    clockOut += samples;
                    break;
            }
        }

        while (ring.HasAnything)
        {
            var (samples, gap) = ring.Read(buffer);
            clockOut += samples + gap;
        }

        Assert.Equal(clockIn, clockOut);
    }
}
