using System.Text;
using Diarizer.Mqtt.Contract;
using Diarizer.Service.Streams;
using Diarizer.Service.Web.Live;
using Diarizer.Streaming.Events;

namespace Diarizer.Service.Tests.Web.Live;

public sealed class LiveFeedTests
{
    private static readonly StreamSession Session = new("hall", "hall-1", "boot", DateTimeOffset.UnixEpoch);

    private readonly LiveFeed _feed = new(TimeProvider.System);

    [Fact]
    public void A_page_is_told_what_happens_while_it_is_open()
    {
        var page = _feed.Subscribe(1)!;
        _feed.Publish(new StreamEvent(Session, Turn(1), TimeSpan.FromMilliseconds(80)));
        Assert.True(page.TryTake(out var frame));
        var text = Encoding.UTF8.GetString(frame);
        Assert.StartsWith("event: turn\ndata: {\"stream\":\"hall\",\"session_id\":\"hall-1\",\"kind\":\"turn_ended\",\"turn\":{\"n\":1,", text, StringComparison.Ordinal);
        Assert.EndsWith("}\n\n", text, StringComparison.Ordinal);
        Assert.Contains("\"latency_ms\":580", text, StringComparison.Ordinal);
        _feed.Unsubscribe(page);
        _feed.Publish(new StreamEvent(Session, Turn(2), TimeSpan.Zero));
        Assert.False(page.TryTake(out _));
    }

    [Fact]
    public void More_pages_than_allowed_are_turned_away()
    {
        var first = _feed.Subscribe(2)!;
        Assert.NotNull(_feed.Subscribe(2));
        Assert.Null(_feed.Subscribe(2));
        _feed.Unsubscribe(first);
        Assert.NotNull(_feed.Subscribe(2));
    }

    [Fact]
    public void A_page_that_is_slow_holds_up_nobody_and_begins_anew()
    {
        var (slow, quick) = (_feed.Subscribe(2)!, _feed.Subscribe(2)!);
        var taken = 0;
        for (var i = 1; i <= PageSubscription.Capacity + 500; i++)
        {
            _feed.Publish(new StreamEvent(Session, Turn(i), TimeSpan.Zero));
            taken += quick.TryTake(out _) ? 1 : 0;
        }

        Assert.Equal(PageSubscription.Capacity + 500, taken);
        Assert.False(quick.TakeMissed());
        Assert.True(slow.TakeMissed());
        Assert.False(slow.TryTake(out _));
        Assert.False(slow.TakeMissed());
        _feed.Publish(new StreamEvent(Session, Turn(1), TimeSpan.Zero));
        Assert.True(slow.TryTake(out _));
    }

    private static TurnChanged Turn(int id) =>
        new(40_000, TurnEventKind.Ended, id, 1, new SpeakerLabel(1, 0.9f, true), 16_000, 32_000, TurnEndReason.Silence);
}
