using Microsoft.Extensions.Logging.Abstractions;

namespace Diarizer.Mqtt.Outbox;

/// <summary>Erases from an outbox that no daemon has open.</summary>
public static class OutboxErasure
{
    /// <summary>Replaces the payload of every event by what <paramref name="rewrite"/> makes of topic and payload (null removes it), and leaves no trace of the old bytes.</summary>
    /// <param name="directory">State directory.</param>
    /// <param name="rewrite">Gives the new payload.</param>
    /// <returns>False when a daemon has the outbox open: that daemon must do it.</returns>
    /// <exception cref="UserErrorException">The disk fails.</exception>
    public static bool TryRewrite(string directory, Func<string, ReadOnlyMemory<byte>, byte[]?> rewrite)
    {
        ArgumentNullException.ThrowIfNull(rewrite);
        if (!File.Exists(new OutboxFile(directory).Path))
            return true;
        try
        {
            using var store = SqliteOutboxStore.Open(directory, MqttOutboxSynchronous.Full, null, TimeProvider.System, NullLogger.Instance);
            store.Rewrite(entry => rewrite(entry.Topic, entry.Payload));
            return true;
        }
        catch (OutboxStoreException e)
        {
            return e.IsInUse ? false : throw new UserErrorException($"The outbox in {directory} cannot be rewritten: {e.Message}.", e);
        }
    }
}
