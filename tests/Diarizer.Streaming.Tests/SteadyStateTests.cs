using Diarizer.Streaming.Tests.Fakes;

namespace Diarizer.Streaming.Tests;

public class SteadyStateTests
{
    [Fact]
    public void Frames_without_events_or_requests_allocate_nothing()
    {
        // A correction, every so many seconds, may allocate.
        var session = new Session(Session.Options with { Corrections = Session.Options.Corrections with { Interval = 0 } });
        var diarizer = session.Diarizer;
        var samples = new Scene().Silence(2).Voice(1, 6).Silence(2).Samples;
        for (var warm = 0; warm < 2; warm++)
            session.Write(samples, 160);

        long allocated = 0, quiet = 0;
        for (var at = 0; at < samples.Length; at += 160)
        {
            session.Events.Clear();
            var calls = session.Embedder.Calls;
            var before = GC.GetAllocatedBytesForCurrentThread();
            diarizer.Write(samples.AsSpan(at, 160));
            var asked = diarizer.TryAdvance(out var request);
            diarizer.Drain(session.Events);
            var after = GC.GetAllocatedBytesForCurrentThread();
            while (asked)
            {
                diarizer.Provide(session.Embedder.Embed(request));
                asked = diarizer.TryAdvance(out request);
            }

            if (session.Events.Count > 0 || session.Embedder.Calls > calls)
                continue;
            allocated += after - before;
            quiet++;
        }

        Assert.True(quiet > 900, $"{quiet} quiet frames");
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Eight_hours_take_no_more_memory_than_the_first()
    {
        var session = new Session();
        var hour = new Scene();
        for (var i = 0; i < 12; i++)
            hour.Voice(1 + (i % 9), 5.5).Silence(0.8).Voice(1 + (i * 7 % 9), 2.3).Silence(1.4);
        var samples = hour.Samples;
        var turns = 0;
        long first = 0;
        for (var n = 0; n < 8 * 30; n++)
        {
            session.Write(samples, 1600);
            turns += session.Events.Count;
            session.Events.Clear();
            if (n == 29)
                first = GC.GetTotalMemory(true);
        }

        var last = GC.GetTotalMemory(true);
        Assert.True(session.Diarizer.Position >= 8 * 3600L * 16_000);
        Assert.True(turns > 10_000);
        Assert.Equal(9, session.Diarizer.Speakers.Count);
        Assert.True(last - first < 200_000, $"grew by {last - first} bytes");
    }
}
