using System.Diagnostics;
using Diarizer.Audio.Capturing;
using Diarizer.Audio.Files;
using Diarizer.Audio.Resampling;

namespace Diarizer.Audio.Tests.Capturing;

public class CaptureTests
{
    [Theory]
    [InlineData(16_000, 1)]
    [InlineData(44_100, 2)]
    [InlineData(48_000, 1)]
    [InlineData(8_000, 3)]
    public async Task Pieces_of_any_size_give_the_same_bits(int rate, int channels)
    {
        var frames = Tone.Noise(rate * channels * 2);
        float[]? first = null;
        foreach (var piece in new[] { rate / 100, rate / 10, rate * 2, 37 })
        {
            using var capture = Capture.Start(new ScriptedSource(new(rate, channels), frames, piece));
            var (samples, gaps) = await capture.ReadAllAsync(piece);
            Assert.Empty(gaps);
            Assert.Equal(32_000, samples.Length);
            Assert.Equal(first ??= samples, samples);
        }
    }

    [Fact]
    public async Task Capture_of_a_file_equals_reading_it_whole()
    {
        using var folder = new TemporaryFolder();
        using (var writer = new WavWriter(folder["a.wav"], 44_100, 2)) writer.Write(Tone.Noise(44_100 * 2 * 3));
        using var capture = Capture.Start(new SndFileSource(folder["a.wav"]));
        var (samples, _) = await capture.ReadAllAsync();
        Assert.Equal(AudioFile.ReadMono16k(folder["a.wav"]), samples);
    }

    [Fact]
    public async Task Losses_become_exact_gaps_in_their_place()
    {
        const int rate = 44_100;
        var source = new ScriptedSource(new(rate, 1), Tone.Noise(rate), 441) { Losses = { [1000] = 7, [20_000] = 44_100, [20_500] = 1 } };
        using var capture = Capture.Start(source);
        var (samples, gaps) = await capture.ReadAllAsync();
        var ratio = new RateRatio(rate, 16_000);
        Assert.Equal(3, gaps.Count);
        Assert.Equal(ratio.OutputPosition(1000), gaps[0].At);
        Assert.Equal(ratio.OutputPosition(1007) - ratio.OutputPosition(1000), gaps[0].Length);
        Assert.Equal(ratio.OutputPosition(64_107), gaps.Take(2).Sum(gap => gap.Length) + gaps[1].At);
        Assert.Equal(ratio.OutputPosition(rate + 44_108), samples.Length + gaps.Sum(gap => gap.Length));
        Assert.Equal(gaps.Sum(gap => gap.Length), capture.Statistics.LostSamples);
        Assert.Equal(3, capture.Statistics.Gaps);
    }

    [Fact]
    public async Task A_late_reader_of_a_live_source_finds_the_newest_audio_after_a_gap()
    {
        var frames = Tone.Noise(16_000 * 4);
        using var capture = Capture.Start(new ScriptedSource(new(16_000, 1), frames, 160, live: true), new() { Buffer = TimeSpan.FromSeconds(1) });
        while (capture.Statistics.Samples < frames.Length) await Task.Delay(5, TestContext.Current.CancellationToken);
        var (samples, gaps) = await capture.ReadAllAsync();
        Assert.Equal([(0L, 48_000L)], gaps);
        Assert.Equal(frames[48_000..], samples);
        Assert.Equal(48_000, capture.Statistics.DroppedSamples);
    }

    [Fact]
    public async Task A_file_waits_for_its_reader()
    {
        var frames = Tone.Noise(16_000 * 4);
        using var capture = Capture.Start(new ScriptedSource(new(16_000, 1), frames, 1600), new() { Buffer = TimeSpan.FromSeconds(1) });
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Equal(16_000, capture.Statistics.BufferedSamples);
        var (samples, gaps) = await capture.ReadAllAsync();
        Assert.Empty(gaps);
        Assert.Equal(frames, samples);
    }

    [Fact]
    public async Task Realtime_keeps_to_absolute_time()
    {
        var time = new ManualTime();
        var source = new ScriptedSource(new(16_000, 1), Tone.Noise(32_000), 16_000);
        using var capture = Capture.Start(source, new() { Realtime = true, Time = time });
        for (var step = 1; step <= 90; step++)
        {
            await UntilAsync(() => time.Waiting == 1);
            // One piece of 10 ms ahead of the clock, never two, however often the clock has moved.
            Assert.Equal(160 * step, capture.Statistics.Samples);
            time.Advance(TimeSpan.FromMilliseconds(10));
        }
    }

    [Fact]
    public async Task Realtime_takes_as_long_as_the_recording()
    {
        var clock = Stopwatch.StartNew();
        using var capture = Capture.Start(new ScriptedSource(new(16_000, 1), Tone.Noise(8_000), 160), new() { Realtime = true });
        await capture.ReadAllAsync();
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.48, 1.5);
    }

    [Fact]
    public async Task A_failure_reaches_the_reader_after_the_last_sample()
    {
        var source = new ScriptedSource(new(16_000, 1), Tone.Noise(1600), 160) { FailAtEnd = new InvalidOperationException("It broke.") };
        using var capture = Capture.Start(source);
        var buffer = new float[16_000];
        var read = 0;
        var error = await Assert.ThrowsAsync<UserErrorException>(async () =>
        {
            while (true) read += (await capture.ReadAsync(buffer, TestContext.Current.CancellationToken)).Samples;
        });
        Assert.Equal(1600, read);
        Assert.Contains("It broke", error.Message);
        await UntilAsync(() => source.Disposed);
    }

    [Fact]
    public async Task A_wait_can_be_cancelled_and_begun_again()
    {
        using var capture = Capture.Start(new SilentSource());
        for (var round = 0; round < 3; round++)
        {
            using var patience = new CancellationTokenSource(20);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await capture.ReadAsync(new float[160], patience.Token));
        }
    }

    [Fact]
    public async Task Disposing_ends_the_stream_and_closes_the_source()
    {
        var source = new SilentSource();
        var capture = Capture.Start(source);
        var pending = capture.ReadAsync(new float[160], TestContext.Current.CancellationToken);
        capture.Dispose();
        Assert.True((await pending).EndOfStream);
        Assert.True(source.Disposed);
    }

    [Fact]
    public async Task Numbers_that_are_none_count_as_silence()
    {
        float[] frames = [0.5f, float.NaN, float.PositiveInfinity, -0.5f, float.NegativeInfinity, 1e30f];
        using var capture = Capture.Start(new ScriptedSource(new(16_000, 1), frames, 160));
        var (samples, _) = await capture.ReadAllAsync();
        Assert.Equal([0.5f, 0, 0, -0.5f, 0, 0], samples);
        Assert.Equal(4, capture.Statistics.InvalidSamples);
    }

    [Fact]
    public async Task The_meter_shows_the_level()
    {
        using var capture = Capture.Start(new ScriptedSource(new(16_000, 1), Tone.Sine(1000, 16_000, 48_000, amplitude: 1), 160));
        await capture.ReadAllAsync();
        Assert.Equal(-3.01, capture.Statistics.LevelDbfs, 0.05);
        Assert.NotNull(capture.Statistics.LastFrame);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(301)]
    public void The_buffer_has_bounds(int seconds)
    {
        var source = new SilentSource();
        Assert.Throws<UserErrorException>(() => Capture.Start(source, new() { Buffer = TimeSpan.FromSeconds(seconds) }));
        Assert.True(source.Disposed);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var patience = Stopwatch.StartNew(); !condition();)
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(10), "it never happened");
            await Task.Delay(1);
        }
    }

    private sealed class SilentSource : IAudioSource
    {
        public string Uri => "silent:";

        public AudioFormat Format => new(16_000, 1);

        public bool IsLive => true;

        public bool Disposed { get; private set; }

        public AudioRead Read(Span<float> interleaved)
        {
            Thread.Sleep(5);
            return default;
        }

        public void Dispose() => Disposed = true;
    }
}
