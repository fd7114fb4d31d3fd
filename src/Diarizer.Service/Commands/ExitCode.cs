namespace Diarizer.Service.Commands;

/// <summary>What the process reports to its caller.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>A fault of the program.</summary>
    public const int Fault = 1;

    /// <summary>Something the user can mend; the message says what.</summary>
    public const int UserError = 2;

    /// <summary>No daemon answers (<c>diarizer status</c>; the same as for init scripts).</summary>
    public const int NotRunning = 3;

    /// <summary>The daemon runs and listens to nothing (<c>diarizer status</c>).</summary>
    public const int NotReady = 4;

    /// <summary>Stopped by the user before the work was done (128 + SIGINT).</summary>
    public const int Interrupted = 130;
}
