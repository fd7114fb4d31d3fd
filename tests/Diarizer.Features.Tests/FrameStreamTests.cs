namespace Diarizer.Features.Tests;

public sealed class FrameStreamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(160)]
    [InlineData(1_600)]
    [InlineData(int.MaxValue)]
    public void Equals_batch_bit_for_bit_however_it_is_cut(int piece)
    {
        var logMel = new LogMel();
        var samples = TestSignals.Noise(9_999);
        var stream = new LogMelStream(logMel);
        var frames = new List<float>();
        for (int start = 0; start < samples.Length; start += Math.Min(piece, samples.Length))
            stream.Push(samples.AsSpan(start, Math.Min(piece, samples.Length - start)), frames);
        Assert.Equal(TestSignals.Frames(logMel, samples), frames);
        Assert.Equal(logMel.FrameCount(samples.Length), stream.FrameCount);
    }

    [Fact]
    public void The_spectrogram_streams_too()
    {
        var spectrogram = new Spectrogram();
        var samples = TestSignals.Noise(5_000);
        var stream = new FrameStream(spectrogram);
        var frames = new List<float>();
        int appended = stream.Push(samples.AsSpan(0, 1_234), frames) + stream.Push(samples.AsSpan(1_234), frames);
        Assert.Equal(spectrogram.FrameCount(samples.Length), appended);
        Assert.Equal(TestSignals.Frames(spectrogram, samples), frames);
    }

    [Fact]
    public void A_reset_stream_starts_anew()
    {
        var stream = new LogMelStream(new LogMel());
        var samples = TestSignals.Noise(2_000);
        var first = new List<float>();
        stream.Push(samples, first);
        stream.Reset();
        var second = new List<float>();
        stream.Push(samples, second);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Pushing_allocates_nothing()
    {
        var stream = new LogMelStream(new LogMel());
        var piece = TestSignals.Noise(160);
        var frames = new List<float>(4_096);
        for (int i = 0; i < 10; i++)
            stream.Push(piece, frames);
        frames.Clear();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            stream.Push(piece, frames);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(100 * 40, frames.Count);
    }
}
