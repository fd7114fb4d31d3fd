using Diarizer.Audio;
using Diarizer.Streaming.Input;
using Diarizer.Streaming.LocalSpeakers;
using Diarizer.Streaming.Tests.Fakes;
using Diarizer.Streaming.VoiceActivity;

namespace Diarizer.Streaming.Tests.LocalSpeakers;

public class LocalListenerTests
{
    private readonly LevelSegmenter _segmenter = new();
    private readonly FrameHistory _frames = new(2_000);
    private readonly SampleRing _samples = new(160_000);
    private readonly LocalListener _listener;

    public LocalListenerTests()
    {
        _listener = new LocalListener(new SegmentationOptions { Window = 2, Step = 0.5 }, _segmenter, _frames, _samples, 40);
        Restart(0);
    }

    [Fact]
    public void The_last_seconds_are_heard_every_step()
    {
        Push(3);
        Assert.Equal([(0.0, 0.5), (0.0, 1.0), (0.0, 1.5), (0.0, 2.0), (0.5, 2.5), (1.0, 3.0)], Windows());
        Assert.All(_listener.History.Since(0), w => Assert.Equal(w.Frames * 3, w.Activity.Length));
    }

    [Fact]
    public void Nobody_talking_is_not_listened_to()
    {
        Push(4, probability: 0.49f, level: 0);
        Assert.Empty(_segmenter.Heard);
        Push(0.5);
        Push(5, probability: 0, level: 0);
        // The last window with speech in it is the one that begins before its end.
        Assert.Equal((2.5, 4.5), Windows()[0]);
        Assert.Equal((4.0, 6.0), Windows()[^1]);
    }

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(1_000_001)]
    [InlineData(1_000_479)]
    public void Windows_stay_on_the_grid_of_frames_after_a_gap(long position)
    {
        Push(1);
        Restart(position);
        Push(1.2);
        var windows = _listener.History.Since(position);
        Assert.Equal(2, windows.Count);
        Assert.All(windows, w => Assert.Equal(0, w.Start % 320));
        Assert.All(windows, w => Assert.InRange(w.Start, position, position + 319));
        Assert.All(windows, w => Assert.True(w.End <= _frames.End));
        Assert.InRange(windows[^1].End, position + 16_000 - 320, position + 16_640);
    }

    [Fact]
    public void What_is_left_of_a_run_is_heard_at_its_end_once()
    {
        Push(0.73);
        _listener.Finish();
        Assert.Equal([(0.0, 0.5), (0.0, 0.72)], Windows());
        _listener.Finish();
        Assert.Equal(2, _segmenter.Heard.Count);
        Push(0.27);
        Assert.Equal((0.0, 1.0), Windows()[^1]);
        _listener.Finish();
        Assert.Equal(3, _segmenter.Heard.Count);
    }

    [Fact]
    public void A_run_shorter_than_the_network_takes_is_not_heard()
    {
        Push(0.09);
        _listener.Finish();
        Assert.Empty(_segmenter.Heard);
        Push(0.01);
        _listener.Finish();
        Assert.Equal([1_600], _segmenter.Heard);
    }

    [Fact]
    public void Both_networks_are_remembered_frame_by_frame()
    {
        for (int i = 0; i < 25; i++)
        {
            Push(0.01, 0.9f, 0.1f);
            Push(0.01, 0.5f, 0.1f);
        }

        var window = Assert.Single(_listener.History.Since(0));
        Assert.Equal((25, 3), (window.Frames, window.Speakers));
        for (int i = 0; i < 25; i++)
        {
            Assert.Equal(0.7f, window.SpeechAt(i), 1f / 255);
            Assert.Equal(LevelSegmenter.Talks + (2 * LevelSegmenter.Silent), window.Count(i), 2f / 255);
            Assert.Single(Enumerable.Range(0, 3), s => Math.Abs(window.Of(i, s) - LevelSegmenter.Talks) < 1f / 255);
        }
    }

    [Fact]
    public void Only_so_many_windows_are_remembered()
    {
        Push(30);
        Assert.Equal(40, _listener.History.Since(0).Count);
        Assert.Equal(SampleClock.FromSeconds(10), _listener.History.ForgottenUntil);
    }

    private void Restart(long position)
    {
        _samples.Restart(position);
        _frames.Restart(position);
        _listener.Restart(position);
    }

    private void Push(double seconds, float probability = 0.9f, float level = 0.1f)
    {
        var samples = Enumerable.Repeat(level, SpeechFrame.Length).ToArray();
        for (int i = 0; i < (int)Math.Round(seconds * 100); i++)
        {
            _samples.Append(samples);
            _frames.Append(new SpeechFrame(_frames.End, probability, level * level));
            _listener.ListenWhenDue();
        }
    }

    private List<(double Start, double End)> Windows() => [.. _listener.History.Since(0).Select(w => (SampleClock.ToSeconds(w.Start), SampleClock.ToSeconds(w.End)))];
}
