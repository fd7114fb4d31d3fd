using System.Text;
using Diarizer.Mqtt.Connection;
using Diarizer.Mqtt.Contract;
using Diarizer.Mqtt.Outbox;
using Diarizer.Mqtt.Tests.Support;

namespace Diarizer.Mqtt.Tests.Outbox;

/// <summary>The queue, passed by hand, on a disk that can fail.</summary>
public sealed class OutboxQueueTests : IDisposable
{
    private readonly ManualTime _time = new() { Epoch = new(2026, 3, 1, 9, 30, 0, TimeSpan.Zero) };
    private readonly FakeDisk _disk = new();
    private readonly CollectingLog _log = new();
    private readonly List<OutboxNotice> _notices = [];
    private OutboxQueue _queue;
    private MqttOutboxOptions _options = new();

    public OutboxQueueTests() => _queue = Open();

    public void Dispose()
    {
        _queue.Dispose();
        _log.Dispose();
    }

    [Fact]
    public void An_event_is_sent_only_when_it_is_on_disk()
    {
        _queue.Restart();
        Put("a");
        Assert.False(_queue.TryTake(out _, out _));
        _queue.Pass();
        Assert.Equal(["a"], _disk.Texts);
        Assert.Equal(["a"], Take());
    }

    [Fact]
    public void An_acknowledged_event_leaves_the_disk_and_no_other()
    {
        Put("a", "b", "c");
        _queue.Pass();
        Take(ids: out var ids);
        _queue.Settle(ids[1]);
        _queue.Pass();
        Assert.Equal(["a", "c"], _disk.Texts);
        Assert.Equal(2, _queue.Depth);
    }

    [Fact]
    public void Events_left_by_an_earlier_run_come_first_and_are_marked()
    {
        Put("a", "b");
        _queue.Pass();
        Reopen();
        Put("c");
        _queue.Pass();
        Assert.Equal(3, _queue.Depth);
        Assert.Equal(["a (replayed)", "b (replayed)", "c"], Take(marked: true));
    }

    [Fact]
    public void A_new_connection_sends_what_was_not_acknowledged_again_in_order_and_marks_it()
    {
        _queue.Restart();
        Put("a", "b", "c");
        _queue.Pass();
        Assert.Equal(["a", "b", "c"], Take(out var ids, marked: true));
        _queue.Settle(ids[1]);
        _queue.Restart();
        Put("d");
        _queue.Pass();
        Assert.Equal(["a (replayed)", "c (replayed)", "d"], Take(marked: true));
    }

    [Fact]
    public void An_acknowledgement_that_comes_after_a_new_connection_costs_a_duplicate_and_nothing_else()
    {
        Put("a", "b");
        _queue.Pass();
        Take(out var old);
        _queue.Restart();
        _queue.Settle(old[0]);
        _queue.Pass();
        Assert.Equal(["a", "b"], Take(out var ids));
        _queue.Settle(ids[0]);
        _queue.Settle(ids[1]);
        Assert.Equal(0, _queue.Depth);
        Assert.True(_queue.WhenEmpty().IsCompleted);
    }

    [Fact]
    public void A_long_record_is_read_page_by_page_in_order()
    {
        Put([.. Enumerable.Range(0, 5000).Select(i => $"{i}")]);
        _queue.Pass();
        List<string> all = [];
        while (Take(out var ids) is { Count: > 0 and <= 512 } some)
        {
            all.AddRange(some);
            ids.ForEach(id => _queue.Settle(id));
            _queue.Pass();
        }
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => $"{i}"), all);
        Assert.Empty(_disk.Texts);
    }

    [Fact]
    public void Beyond_its_size_the_oldest_are_dropped_counted_and_announced_on_the_next_connection()
    {
        _options = _options with { MaxMegabytes = 1 };
        Reopen();
        for (var i = 0; i < 15; i++)
        {
            Put($"{i}" + new string('x', 100_000));
            _queue.Pass();
        }
        Assert.Empty(_notices);
        Assert.Equal(6, _queue.Drops.Total);
        _queue.Restart();
        _queue.Pass();
        var notice = Assert.Single(_notices);
        Assert.Equal((NodeEventType.EventsDropped, 6L), (notice.Kind, notice.Count));
        Assert.StartsWith("6x", Take()[0], StringComparison.Ordinal);
        Assert.Contains(_log.Lines, line => line.Contains("MaxMegabytes", StringComparison.Ordinal));
    }

    [Fact]
    public void A_count_of_drops_outlives_the_process()
    {
        _options = _options with { MaxMegabytes = 1 };
        Reopen();
        Put([.. Enumerable.Range(0, 12).Select(i => new string('x', 100_000))]);
        _queue.Pass();
        _queue.Pass();
        Reopen();
        _queue.Restart();
        _queue.Pass();
        Assert.Equal(3, Assert.Single(_notices).Count);
        _queue.Pass();
        Reopen();
        _queue.Restart();
        _queue.Pass();
        Assert.Single(_notices);
    }

    [Fact]
    public void Events_that_waited_too_long_are_dropped_and_a_stepped_clock_makes_none_older()
    {
        Put("old");
        _queue.Pass();
        _time.Advance(TimeSpan.FromDays(6));
        Put("young");
        _queue.Pass();
        _time.Epoch += TimeSpan.FromDays(20_000);
        _queue.Pass();
        Assert.Equal(2, _queue.Depth);
        _time.Advance(TimeSpan.FromDays(2));
        _queue.Pass();
        Assert.Equal(["young"], Take());
        Assert.Equal(1, _queue.Drops.Total);
    }

    [Fact]
    public void What_the_broker_refuses_is_counted_and_not_sent_again()
    {
        _queue.Restart();
        Put("a", "b");
        _queue.Pass();
        Take(out var ids);
        _queue.Settle(ids[0], OutboxDrop.Rejected);
        _queue.Pass();
        Assert.Equal(1, Assert.Single(_notices).Count);
        Assert.Equal("b", _disk.Texts[0]);
    }

    [Fact]
    public async Task A_full_disk_is_announced_and_events_go_out_from_memory_until_it_is_back()
    {
        _queue.Restart();
        _disk.Broken = "the disk is full";
        Put("a", "b");
        var written = _queue.WhenWritten();
        _queue.Pass();
        Assert.False(await written);
        Assert.Equal(["a", "b", "notice OutboxDegraded"], Take(out var ids));
        Assert.Equal("the disk is full", _queue.Trouble);
        _queue.Settle(ids[0]);
        _queue.Pass();
        Assert.Equal(NodeEventType.OutboxDegraded, Assert.Single(_notices).Kind);
        _disk.Broken = null;
        _time.Advance(TimeSpan.FromSeconds(31));
        _queue.Pass();
        _queue.Pass();
        Assert.Null(_queue.Trouble);
        Assert.Equal(NodeEventType.OutboxRecovered, _notices[^1].Kind);
        Assert.Contains("b", _disk.Texts);
        Assert.DoesNotContain("a", _disk.Texts);
        Assert.Single(_log.Lines, line => line.Contains("the disk is full", StringComparison.Ordinal));
    }

    [Fact]
    public void Memory_stands_in_for_a_broken_disk_up_to_its_capacity()
    {
        _disk.Broken = "the disk is full";
        Put([.. Enumerable.Range(0, 150).Select(i => $"{i}")]);
        _queue.Pass();
        // The notice that the disk is broken takes a place, too.
        Assert.Equal("51", Take()[0]);
        Assert.Equal(51, _queue.Drops.Total);
    }

    [Fact]
    public void What_was_on_a_disk_that_is_read_again_later_is_not_lost()
    {
        Put("a");
        _queue.Pass();
        _disk.Broken = "the disk fails";
        Put("b");
        _queue.Pass();
        _disk.Broken = null;
        _time.Advance(TimeSpan.FromSeconds(2));
        _queue.Pass();
        Assert.Equal(["a", "b"], Take().Where(t => t.Length == 1));
    }

    [Fact]
    public void A_file_that_is_gone_is_written_again_from_what_memory_has()
    {
        Put("a", "b");
        _queue.Pass();
        Assert.True(_queue.TryTake(out _, out _));
        _disk.Broken = "the file is damaged";
        Put("c");
        _queue.Pass();
        _disk.Lose();
        _disk.Broken = null;
        _time.Advance(TimeSpan.FromSeconds(2));
        _queue.Pass();
        Assert.Equal(["a", "b", "c"], _disk.Texts.Where(t => t.Length == 1));
    }

    [Fact]
    public async Task Events_that_wait_are_rewritten_or_removed()
    {
        Put("ada", "bob", "cy");
        _queue.Pass();
        Assert.True(_queue.TryTake(out _, out _));
        Put("ada again");
        var done = _queue.RewriteAsync(e => Encoding.UTF8.GetString(e.Payload.Span) is var text && text == "bob" ? null : Encoding.UTF8.GetBytes(text.Replace("ada", "x", StringComparison.Ordinal)));
        _queue.Pass();
        await done;
        Assert.Equal(["x", "cy", "x again"], _disk.Texts);
        Assert.Equal(["cy", "x again"], Take());
        Assert.Equal(3, _queue.Depth);
    }

    [Fact]
    public async Task A_rewrite_that_cannot_reach_the_disk_says_so()
    {
        _disk.Broken = "the disk fails";
        var done = _queue.RewriteAsync(e => e.Payload.ToArray());
        _queue.Pass();
        var e = await Assert.ThrowsAsync<UserErrorException>(() => done);
        Assert.Contains("the disk fails", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_disk_it_is_a_queue_in_memory()
    {
        using var queue = new OutboxQueue(_options, 100, null, _time, _log, () => { }, () => { });
        queue.Append(Message("a"));
        queue.Pass();
        Assert.True(queue.TryTake(out var entry, out var replayed));
        Assert.False(replayed);
        Assert.Null(queue.Trouble);
        queue.Settle(entry.Id);
        Assert.Equal(0, queue.Depth);
    }

    private static MqttMessage Message(string text) => new("turns", Encoding.UTF8.GetBytes(text), Durable: true);

    private OutboxQueue Open() => new(_options, 100, _disk.Open, _time, _log, () => { }, () => { })
    {
        Notice = notice =>
        {
            _notices.Add(notice);
            return Message($"notice {notice.Kind}");
        },
    };

    private void Reopen()
    {
        _queue.Dispose();
        _queue = Open();
    }

    private void Put(params IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            _queue.Append(Message(text));
            // Enough puts for memory to be full are always followed by a pass in real life.
            if (_disk.Broken is null && _queue.Depth % 100 == 0)
                _queue.Pass();
        }
    }

    private List<string> Take(bool marked = false) => Take(out _, marked);

    private List<string> Take(out List<long> ids, bool marked = false)
    {
        List<string> texts = [];
        ids = [];
        while (_queue.TryTake(out var entry, out var replayed))
        {
            texts.Add(Encoding.UTF8.GetString(entry.Payload.Span) + (marked && replayed ? " (replayed)" : ""));
            ids.Add(entry.Id);
        }
        return texts;
    }
}
