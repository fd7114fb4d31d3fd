namespace Diarizer.Service.Web.Live;

/// <summary>Tells open pages ten times a second how loud it is, and every two seconds, or when the broker comes or goes, how the node is doing.</summary>
/// <param name="state">What is true now.</param>
/// <param name="feed">Takes it.</param>
/// <param name="time">Clock.</param>
internal sealed class LiveMeter(PageState state, LiveFeed feed, TimeProvider time)
{
    private const int TicksPerReport = 20;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Tick, time);
        try
        {
            for (var ticks = 0; await timer.WaitForNextTickAsync(stop); ticks++)
            {
                if (feed.Pages == 0)
                    continue;
                feed.Send("meter", state.Meters(), PageJson.Default.IReadOnlyListMeterNews);
                if (ticks % TicksPerReport == 0)
                    TellNode();
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    /// <summary>Tells how the node is doing.</summary>
    public void TellNode() => feed.Send("node", state.Node(), PageJson.Default.PageNode);
}
