using Diarizer.Service.Options;
using Diarizer.Service.Streams;

namespace Diarizer.Service.Control;

/// <summary>The running streams, by name.</summary>
public sealed class StreamDirectory
{
    private readonly SortedDictionary<string, StreamWorker> _streams = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>All of them, in order of name.</summary>
    public IReadOnlyList<StreamWorker> All
    {
        get
        {
            lock (_gate)
                return [.. _streams.Values];
        }
    }

    /// <summary>Adds a stream.</summary>
    public void Add(StreamWorker stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        lock (_gate)
            _streams.Add(stream.Stream, stream);
    }

    /// <summary>The stream that a command means: the named one, or the only one.</summary>
    /// <exception cref="UserErrorException">There is none of that name, or there are several and none was named.</exception>
    public StreamWorker Find(string? name)
    {
        lock (_gate)
        {
            if (name is null)
                return _streams.Count == 1 ? _streams.Values.Single() : throw new UserErrorException($"data.stream is missing; there are: {Names}.");
            return _streams.TryGetValue(name, out var stream) ? stream
                : throw new UserErrorException(
                    _streams.Count == 0 ? "No stream runs." : $"There is no such stream; did you mean {NearestName.Of(name, _streams.Keys)}? There are: {Names}.");
        }
    }

    private string Names => string.Join(", ", _streams.Keys);
}
