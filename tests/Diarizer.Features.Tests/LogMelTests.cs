namespace Diarizer.Features.Tests;

public sealed class LogMelTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(399, 0)]
    [InlineData(400, 1)]
    [InlineData(559, 1)]
    [InlineData(560, 2)]
    [InlineData(16_000, 98)]
    public void Frames_are_whole_windows(int samples, int frames)
    {
        var logMel = new LogMel();
        Assert.Equal(frames, logMel.FrameCount(samples));
        Assert.True(logMel.SampleCount(frames) <= samples || frames == 0);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.97f)]
    public void Equals_a_double_precision_transform(float preEmphasis)
    {
        var options = new LogMelOptions { PreEmphasis = preEmphasis };
        var samples = TestSignals.Noise(2_000);
        var frames = TestSignals.Frames(new LogMel(options), samples);
        var expected = DoublePrecisionReference.LogMel(samples, options);
        Assert.Equal(expected.Length, frames.Length);
        for (int i = 0; i < frames.Length; i++)
            Assert.Equal(expected[i], frames[i], 2e-5);
    }

    [Fact]
    public void Silence_gives_the_logarithm_of_the_floor()
    {
        foreach (float value in TestSignals.Frames(new LogMel(), new float[800]))
            Assert.Equal(Math.Log(1e-6), value, 1e-5);
    }

    [Fact]
    public void Samples_that_are_not_numbers_count_as_zero()
    {
        var clean = TestSignals.Noise(2_000);
        clean[700] = clean[701] = clean[900] = 0;
        var broken = (float[])clean.Clone();
        broken[700] = float.NaN;
        broken[701] = float.PositiveInfinity;
        broken[900] = float.NegativeInfinity;
        Assert.Equal(TestSignals.Frames(new LogMel(), clean), TestSignals.Frames(new LogMel(), broken));
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(32_768f)]
    [InlineData(float.MaxValue)]
    public void Clipped_and_absurdly_loud_audio_gives_finite_frames(float amplitude)
    {
        var samples = new float[2_000];
        for (int n = 0; n < samples.Length; n++)
            samples[n] = n / 20 % 2 == 0 ? amplitude : -amplitude;
        Assert.All(TestSignals.Frames(new LogMel(), samples), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Computing_allocates_nothing()
    {
        var logMel = new LogMel();
        var samples = TestSignals.Noise(16_000);
        var frames = new float[logMel.FrameCount(samples.Length) * logMel.Bins];
        logMel.Compute(samples, frames);
        long before = GC.GetAllocatedBytesForCurrentThread();
        logMel.Compute(samples, frames);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Too_little_room_is_an_argument_error() =>
        Assert.Throws<ArgumentException>(() => new LogMel().Compute(new float[400], new float[39]));
}
