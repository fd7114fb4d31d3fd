namespace Diarizer.Service.Health;

/// <summary>Where the checks get the daemon's status from: nowhere, until it has started.</summary>
public sealed class StatusSource
{
    private volatile Func<NodeStatus>? _read;

    /// <summary>The daemon can be looked at from now on.</summary>
    public void Open(Func<NodeStatus> read) => _read = read;

    /// <summary>How it is doing; null while it starts.</summary>
    public NodeStatus? Read() => _read?.Invoke();
}
