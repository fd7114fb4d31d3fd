using Diarizer.Audio.Chunks;
using Diarizer.Audio.Pipes;
using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Tests.Chunks;

public class ChunkSourceTests
{
    private static readonly AudioFormat Format = new(16_000, 1);
    private static readonly TimeSpan Piece = TimeSpan.FromMilliseconds(20);

    private readonly ManualTime _time = new();
    private readonly List<SourceEvent> _events = [];
    private readonly float[] _buffer = new float[1600];
    private readonly ChunkCounters _counters = new("hermes:x", null);
    private long _frames;
    private long _lost;

    [Fact]
    public void Chunks_follow_each_other_whatever_the_jitter()
    {
        using var source = Open();
        for (var n = 0; n < 100; n++)
        {
            // A stall of half a second, then all at once.
            if (n is < 20 or > 45) _time.Advance(Piece);
            if (n == 45) _time.Advance(25 * Piece);
            Give(source);
        }

        Assert.Equal((100 * 320L, 0L), (_frames, _lost));
    }

    [Fact]
    public void A_pause_is_a_gap_of_its_length()
    {
        using var source = Open();
        for (var n = 0; n < 50; n++) Step(source);
        source.Pause(announced: true);
        for (var n = 0; n < 500; n++) Wait(source);
        for (var n = 0; n < 50; n++) Step(source);
        Assert.Equal((100 * 320L, 500 * 320L), (_frames, _lost));
        Assert.Empty(_events);
    }

    [Fact]
    public void Silence_without_a_word_is_an_outage()
    {
        using var source = Open();
        for (var n = 0; n < 50; n++) Step(source);
        for (var n = 0; n < 500; n++) Wait(source);
        Assert.True(source.IsDown);
        // Told while it lasts, so that turns end: all but what may be on its way.
        Assert.InRange(_lost, 16_000 * 94 / 10, 16_000 * 10);
        Step(source);
        Assert.Equal(500 * 320L, _lost);
        Assert.Equal([SourceEventKind.NoFrames, SourceEventKind.Reopened], _events.Select(happened => happened.Kind));
    }

    [Fact]
    public void Chunks_lost_on_the_way_are_made_up_for_by_the_clock()
    {
        using var source = Open();
        for (var n = 0; n < 2000; n++)
        {
            _time.Advance(Piece);
            // Twenty chunks, 0.4 s, never come.
            if (n is < 500 or >= 520) Give(source);
        }

        Assert.Equal((1980 * 320L, 20 * 320L), (_frames, _lost));
        Assert.Equal(1, source.Statistics.Packets!.Lost);
    }

    [Fact]
    public void The_rate_may_change()
    {
        using var source = Open();
        for (var n = 0; n < 50; n++) Step(source);
        for (var n = 0; n < 50; n++) Step(source, new(48_000, 2), PcmEncoding.S32);
        Assert.Equal(new(48_000, 1), source.Format);
        Assert.Equal(50 * 320 + 50 * 960L, _frames);
    }

    [Theory]
    [InlineData(500, 1, 320, "format")]
    [InlineData(16_000, 65, 320, "format")]
    [InlineData(16_000, 1, 321, "half_frame")]
    [InlineData(16_000, 1, 0, "empty")]
    [InlineData(16_000, 1, (1 << 20) + 2, "too_long")]
    public void Chunks_that_cannot_be_used(int rate, int channels, int bytes, string reason)
    {
        using var source = Open();
        Assert.Equal(reason, source.Take(new(rate, channels), PcmEncoding.S16, new byte[bytes]));
    }

    private ChunkSource Open() => new("hermes:x", new() { Time = _time, OnEvent = _events.Add }, _counters, mayLose: true);

    private void Step(ChunkSource source, AudioFormat? format = null, PcmEncoding encoding = PcmEncoding.S16)
    {
        _time.Advance(Piece);
        Give(source, format, encoding);
    }

    private void Give(ChunkSource source, AudioFormat? format = null, PcmEncoding encoding = PcmEncoding.S16)
    {
        var (rate, channels) = format ?? Format;
        Assert.Null(source.Take(new(rate, channels), encoding, new byte[rate / 50 * channels * encoding.BytesPerSample()]));
        Read(source, until: 1);
    }

    private void Wait(ChunkSource source)
    {
        _time.Advance(Piece);
        // Reading waits on the machine's own clock where there is nothing, so that it is asked seldom.
        if (_time.Elapsed.TotalSeconds % 1 < 0.01) Read(source, until: 0);
    }

    private void Read(ChunkSource source, int until)
    {
        for (var (frames, empty) = (0, 0); ;)
        {
            var (before, read) = (source.Format, source.Read(_buffer));
            (_frames, _lost, frames) = (_frames + read.Frames, _lost + read.LostFrames, frames + read.Frames);
            // What is conceded comes with the read after.
            empty = read.LostFrames == 0 && source.Format == before ? empty + 1 : 0;
            if (until > 0 ? frames > 0 : empty == 2) return;
        }
    }
}
