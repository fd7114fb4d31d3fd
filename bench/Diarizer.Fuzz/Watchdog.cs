using System.Diagnostics;

namespace Diarizer.Fuzz;

/// <summary>
/// Tells of an execution that does not end: a hang cannot be told in any other way. Time is that of the processor, as a busy machine is not the fault of the
/// input; the clock on the wall counts only for one that waits for ever.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private static readonly TimeSpan Processor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Wall = TimeSpan.FromMinutes(5);

    private readonly Timer _timer;
    private readonly Action<byte[]> _hangs;
    private readonly Lock _gate = new();
    private byte[]? _input;
    private TimeSpan _used;
    private long _began;

    /// <param name="hangs">Told of the input.</param>
    public Watchdog(Action<byte[]> hangs)
    {
        _hangs = hangs;
        _timer = new(_ => Look(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>An execution begins.</summary>
    public void Begin(byte[] input)
    {
        lock (_gate)
            (_input, _used, _began) = (input, Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
    }

    /// <summary>It is over.</summary>
    /// <returns>Time of the processor that it took, whatever else ran in this process included.</returns>
    public TimeSpan End()
    {
        lock (_gate)
        {
            _input = null;
            return Environment.CpuUsage.TotalTime - _used;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        byte[]? hanging = null;
        lock (_gate)
        {
            if (Environment.CpuUsage.TotalTime - _used > Processor || Stopwatch.GetElapsedTime(_began) > Wall)
                hanging = _input;
        }

        if (hanging is not null)
            _hangs(hanging);
    }
}
