using Diarizer.Audio.Live;
using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Tests.Live;

public class RecoveringSourceTests
{
    private static readonly AudioFormat Format = new(48_000, 1);
    private static readonly DeviceRead Piece = new(480);

    private readonly ManualTime _time = new();
    private readonly List<SourceEvent> _events = [];
    private readonly float[] _buffer = new float[4800];

    [Fact]
    public void An_overrun_is_the_loss_that_the_device_states()
    {
        var source = Open(new ScriptedDevice(_time, Format, Piece, new(480, 0, 1234), Piece));
        Assert.Equal([new(480, 0, false), new(480, 1234, false), new(480, 0, false)], Reads(source, 3));
        Assert.Equal(1, source.Statistics.Overruns);
        Assert.Equal([(SourceEventKind.Overrun, 1234L)], _events.Select(happened => (happened.Kind, happened.LostFrames)));
    }

    [Fact]
    public void An_overrun_of_unknown_length_is_measured_by_the_clock()
    {
        var source = Open(new ScriptedDevice(_time, Format, Piece, new(0, 0, DeviceRead.Unknown), Piece));
        source.Read(_buffer);
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(12_000, source.Read(_buffer).LostFrames);
        Assert.Equal(0, source.Read(_buffer).LostFrames);
    }

    [Fact]
    public void The_clock_keeps_going_without_a_device()
    {
        var lost = new ScriptedDevice(_time, Format, Piece, new(0, Fault: "No such device"));
        var back = new ScriptedDevice(_time, Format, [.. Enumerable.Repeat(Piece, 1000)]);
        var (attempts, started) = (0, _time.Elapsed);
        var source = Open(() => attempts++ switch
        {
            0 => lost,
            < 5 => throw new UserErrorException("No such device."),
            _ => back,
        });
        long frames = 0, gap = 0;
        var longestSilence = TimeSpan.Zero;
        while (source.Statistics.Reopened == 0)
        {
            var before = _time.Elapsed;
            var read = source.Read(_buffer);
            frames += read.Frames;
            gap += read.LostFrames;
            if (_time.Elapsed - before > longestSilence) longestSilence = _time.Elapsed - before;
            Assert.Equal((_time.Elapsed - started).TotalSeconds * 48_000, frames + gap, 1.0);
        }

        // 0.25 + 0.5 + 1 + 2 + 4 s of pauses, told in pieces that a reader can live with.
        Assert.Equal(7.75 * 48_000, gap, 48_000 * 0.02);
        Assert.True(longestSilence <= TimeSpan.FromMilliseconds(100));
        Assert.True(lost.Disposed);
        Assert.Equal(new SourceStatistics(0, 1, 1, false), source.Statistics);
        Assert.Equal([SourceEventKind.DeviceLost, SourceEventKind.Reopened], _events.Select(happened => happened.Kind));
    }

    [Fact]
    public void A_device_that_delivers_nothing_is_reopened()
    {
        var mute = new ScriptedDevice(_time, Format, Piece, Piece);
        var attempts = 0;
        var source = Open(() => attempts++ == 0 ? mute : new ScriptedDevice(_time, Format, [.. Enumerable.Repeat(Piece, 100)]));
        long total = 0;
        while (source.Statistics.Reopened == 0)
        {
            var read = source.Read(_buffer);
            total += read.Frames + read.LostFrames;
        }

        Assert.True(mute.Disposed);
        Assert.Equal(SourceEventKind.NoFrames, _events[0].Kind);
        Assert.Equal(_time.Elapsed.TotalSeconds * 48_000, total, 1.0);
        Assert.InRange(_time.Elapsed.TotalSeconds, 3, 4);
    }

    [Fact]
    public void Frames_still_in_the_device_are_not_counted_as_lost()
    {
        var attempts = 0;
        var source = Open(() => attempts++ == 0
            ? new ScriptedDevice(_time, Format, Piece, new(0, Fault: "gone"))
            : new ScriptedDevice(_time, Format, new DeviceRead(480, 4800), new DeviceRead(4800)));
        long total = 0;
        for (var read = 0; source.Statistics.Reopened == 0 && read < 100; read++)
        {
            if (attempts == 2) _time.Advance(TimeSpan.FromMilliseconds(100));
            var got = source.Read(_buffer);
            total += got.Frames + got.LostFrames;
        }

        Assert.Equal(_time.Elapsed.TotalSeconds * 48_000 - 4800, total, 1.0);
    }

    [Fact]
    public void Another_rate_after_the_outage_is_announced_in_an_empty_read()
    {
        var attempts = 0;
        var source = Open(() => attempts++ == 0
            ? new ScriptedDevice(_time, Format, Piece, new(0, Fault: "gone"))
            : new ScriptedDevice(_time, new(44_100, 2), new DeviceRead(441)));
        AudioRead read;
        do read = source.Read(_buffer);
        while (source.Format == Format);
        Assert.Equal(0, read.Frames);
        Assert.Equal(new(44_100, 2), source.Format);
        Assert.Equal(441, source.Read(_buffer).Frames);
    }

    [Fact]
    public void A_device_without_a_clock_is_held_to_real_time()
    {
        var attempts = 0;
        var source = new RecoveringSource(
            "scripted:", () => attempts++ == 0 ? new Firehose() : throw new UserErrorException("Once only."), new() { Time = _time }, _time.Advance);
        long frames = 0;
        while (_time.Elapsed < TimeSpan.FromSeconds(10)) frames += source.Read(_buffer).Frames;
        Assert.Equal(10.0, frames / 48_000.0, 0.15);
    }

    [Fact]
    public void The_first_opening_must_succeed() =>
        Assert.Throws<UserErrorException>(() => Open(() => throw new UserErrorException("No such device.")));

    private RecoveringSource Open(ScriptedDevice device) => Open(() => device);

    private RecoveringSource Open(Func<ICaptureDevice> open) =>
        new("scripted:", open, new() { Time = _time, OnEvent = _events.Add }, _time.Advance);

    private AudioRead[] Reads(RecoveringSource source, int count) => [.. Enumerable.Range(0, count).Select(_ => source.Read(_buffer))];

    private sealed class Firehose : ICaptureDevice
    {
        public AudioFormat Format => RecoveringSourceTests.Format;

        public DeviceRead Read(Span<float> interleaved) => new(interleaved.Length);

        public void Dispose()
        {
        }
    }
}
