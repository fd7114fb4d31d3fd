namespace Diarizer.Mqtt.Publishing;

/// <summary>How the two seconds of a shutdown are shared out.</summary>
internal static class Farewell
{
    /// <summary>For what still waits in the queue.</summary>
    public static readonly TimeSpan Drain = TimeSpan.FromMilliseconds(500);

    /// <summary>For <c>offline</c> and its acknowledgement, and the disconnect.</summary>
    public static readonly TimeSpan Goodbye = TimeSpan.FromMilliseconds(300);

    /// <summary>For all of it, closing the connection included; the rest is for the outbox.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(1200);
}
