namespace Diarizer.Service.Hosting;

/// <summary>Tells whether every running stream moved since the last look; the watchdog is fed only when it did.</summary>
public sealed class ProgressWatch
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Func<long>> _running = [];
    private readonly Dictionary<string, long> _seen = [];

    /// <summary>Watches <paramref name="stream"/> until <see cref="Leave"/>.</summary>
    /// <param name="stream">Its name.</param>
    /// <param name="position">A count that grows while the stream is alive.</param>
    public void Join(string stream, Func<long> position)
    {
        lock (_gate)
        {
            _running[stream] = position;
            _seen[stream] = -1;
        }
    }

    /// <summary>The stream ended properly; it owes no more progress.</summary>
    public void Leave(string stream)
    {
        lock (_gate)
            _running.Remove(stream);
    }

    /// <summary>The streams that stand where they stood at the last call; empty when all moved.</summary>
    public IReadOnlyList<string> FindStuck()
    {
        lock (_gate)
        {
            var stuck = new List<string>();
            foreach (var (stream, position) in _running)
            {
                var now = position();
                if (now == _seen[stream])
                    stuck.Add(stream);
                _seen[stream] = now;
            }

            return stuck;
        }
    }
}
