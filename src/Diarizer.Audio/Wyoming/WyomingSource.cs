using Diarizer.Audio.Chunks;
using Diarizer.Audio.Network;
using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Wyoming;

/// <summary>
/// <c>wyoming://ADDRESS:PORT?mode=listen|connect&amp;source=</c>: audio of satellites that speak the Wyoming protocol. They connect to us, or we to them: a
/// wyoming-satellite is a server itself.
/// </summary>
internal sealed class WyomingSource : IAudioSource
{
    private const int DefaultPort = 10_700;

    private readonly ChunkSource _chunks;
    private readonly CancellationTokenSource _stop = new();
    private readonly WyomingListener? _listener;

    private WyomingSource(SourceUri uri, AudioSourceOptions options)
    {
        var counters = new ChunkCounters(uri.ToString(), options.OnEvent);
        _chunks = new(uri.ToString(), options, counters, mayLose: false);
        var stage = new WyomingStage(_chunks, counters, options.Time);
        var target = EndpointTarget.Parse(uri, DefaultPort);
        if (uri.Choice("mode", "listen", "connect") == "connect")
        {
            if (target.Host.Length == 0) throw new UserErrorException($"'{uri}' does not say what to connect to; write wyoming://HOST:PORT?mode=connect.");
            if (uri.Value("source") is not null) throw new UserErrorException($"'{uri}' has a source, which only mode=listen needs.");
            _ = new WyomingClient(target, stage, options, uri.ToString()).RunAsync(_stop.Token);
        }
        else
        {
            _listener = WyomingListener.Open(target.Listening(uri), SenderFilter.Parse(uri.Value("source"), uri.ToString()), stage, counters, uri.ToString());
            _ = _listener.RunAsync(_stop.Token);
        }
    }

    public string Uri => _chunks.Uri;

    public AudioFormat Format => _chunks.Format;

    public bool IsLive => true;

    public SourceStatistics Statistics => _chunks.Statistics;

    public static WyomingSource Open(SourceUri uri, AudioSourceOptions options)
    {
        uri.Allow("mode", "source");
        return new(uri, options);
    }

    public AudioRead Read(Span<float> interleaved) => _chunks.Read(interleaved);

    public void Dispose()
    {
        _stop.Cancel();
        _listener?.Dispose();
        _stop.Dispose();
        _chunks.Dispose();
    }
}
