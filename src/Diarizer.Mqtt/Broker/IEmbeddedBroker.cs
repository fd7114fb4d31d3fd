namespace Diarizer.Mqtt.Broker;

/// <summary>A broker of our own for machines that have none: on loopback, without accounts, keeping nothing on disk. Ends with its disposal or its parent.</summary>
public interface IEmbeddedBroker : IAsyncDisposable
{
    /// <summary>Address that it listens on.</summary>
    string Host { get; }

    /// <summary>Port that it listens on.</summary>
    int Port { get; }
}
