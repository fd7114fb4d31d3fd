using System.Text;

namespace Diarizer.Mqtt.Outbox;

/// <summary>An event that is kept until the broker has it.</summary>
/// <param name="Id">Orders the entries: those of this run count from 1, those left by earlier runs are 0 or below.</param>
/// <param name="At">When it was put, UTC.</param>
/// <param name="Topic">Topic.</param>
/// <param name="Payload">JSON, UTF-8.</param>
internal sealed record OutboxEntry(long Id, DateTimeOffset At, string Topic, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Bytes that count against the bound.</summary>
    public int Size { get; } = Encoding.UTF8.GetByteCount(Topic) + Payload.Length;
}
