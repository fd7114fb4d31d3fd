using Microsoft.Extensions.Logging;

namespace Diarizer.Mqtt.Outbox;

/// <summary>
/// The outbox's own thread: a slow disk makes events late, and nothing else. It passes when woken and every second; whatever was put meanwhile goes
/// into one transaction.
/// </summary>
internal sealed class OutboxThread : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DisposeLimit = TimeSpan.FromMilliseconds(300);

    private readonly AutoResetEvent _work = new(false);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILogger _log;
    private int _started;
    private volatile bool _stop;

    /// <param name="queue">Makes the queue, given how it wakes this thread; owned from here on.</param>
    /// <param name="log">Takes faults.</param>
    public OutboxThread(Func<Action, OutboxQueue> queue, ILogger log)
    {
        _log = log;
        Queue = queue(() => _work.Set());
    }

    public OutboxQueue Queue { get; }

    public void Start()
    {
        if (Interlocked.Exchange(ref _started, 1) == 0)
            new Thread(Run) { IsBackground = true, Name = "outbox" }.Start();
    }

    /// <summary>Writes what was put and closes the file. Leaves a disk that hangs alone after 0.3 s.</summary>
    public async ValueTask DisposeAsync()
    {
        _stop = true;
        _work.Set();
        Start();
        await _ended.Task.WaitAsync(DisposeLimit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_ended.Task.IsCompleted)
            _log.OutboxHangs();
    }

    private void Run()
    {
        do
        {
            _work.WaitOne(Tick);
            Pass();
        }
        while (!_stop);
        // What was put while the last pass was under way.
        Pass();
        Queue.Dispose();
        _ended.TrySetResult();
    }

    private void Pass()
    {
        try
        {
            Queue.Pass();
        }
        catch (Exception e)
        {
            _log.OutboxBroke(e);
        }
    }
}
