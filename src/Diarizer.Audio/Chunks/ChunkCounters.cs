using System.Collections.Concurrent;
using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Chunks;

/// <summary>What became of chunks.</summary>
internal sealed class ChunkCounters(string uri, Action<SourceEvent>? onEvent)
{
    private readonly ConcurrentDictionary<string, long> _refused = new(StringComparer.Ordinal);

    public long Received { get; set; }

    /// <summary>Times that some must have been lost on the way.</summary>
    public long Lost { get; set; }

    public long Senders { get; set; }

    /// <summary>One is not used. The first of its kind is told, the others are counted.</summary>
    /// <param name="reason">A word of a fixed list.</param>
    /// <param name="sentence">What to say of it.</param>
    public void Refuse(string reason, string sentence)
    {
        if (_refused.AddOrUpdate(reason, 1, (_, count) => count + 1) == 1) onEvent?.Invoke(new(SourceEventKind.Irregular, uri, sentence));
    }

    public PacketStatistics ToStatistics() => new(Received, Lost, 0, 0, 0, Senders, new Dictionary<string, long>(_refused, StringComparer.Ordinal));
}
