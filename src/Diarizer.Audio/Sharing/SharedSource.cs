using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Sharing;

/// <summary>
/// One device for several streams, each of which hears one of its channels: <c>alsa:hw:1?channel=3</c>. Opened by the first and closed with the last of them. It is
/// read on a thread of its own, so that no stream waits for another.
/// </summary>
internal sealed class SharedSource
{
    private const int PiecesPerSecond = 100;

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, SharedSource> Running = new(StringComparer.Ordinal);

    private readonly string _key;
    private readonly SourceUri _uri;
    private readonly IAudioSource _source;
    private readonly Thread _thread;
    private volatile ChannelSource[] _listeners = [];
    private volatile bool _stopping;

    private SharedSource(string key, SourceUri uri, AudioSourceOptions options, Func<SourceUri, AudioSourceOptions, IAudioSource> open)
    {
        (_key, _uri) = (key, uri);
        _source = open(uri, options with { OnEvent = Tell });
        _thread = new(Run) { IsBackground = true, Name = "shared " + uri };
    }

    /// <summary>What befell the device.</summary>
    public SourceStatistics Statistics => _source.Statistics;

    /// <summary>Joins the listeners of the device that <paramref name="uri"/> names.</summary>
    /// <param name="uri">Has a <c>channel</c>.</param>
    /// <param name="options">Its times are those of whoever opens the device.</param>
    /// <param name="open">Opens the device itself.</param>
    /// <exception cref="UserErrorException">The device cannot be opened, is in use with other settings, or has no such channel.</exception>
    public static ChannelSource Join(SourceUri uri, AudioSourceOptions options, Func<SourceUri, AudioSourceOptions, IAudioSource> open)
    {
        var channel = uri.Number("channel", 1, 1, 64);
        var device = uri.Without("channel");
        if (device.Scheme == "alsa" && device.Value("channels") is null) device = device.With("channels", "all");
        lock (Gate)
        {
            var key = device.Scheme + ":" + device.Target;
            if (!Running.TryGetValue(key, out var shared)) shared = new(key, device, options, open);
            else if (!shared._uri.HasSameQuery(device))
                throw new UserErrorException($"'{uri}' and '{shared._uri}' ask the same device for different settings; give all its streams the same.");
            return shared.Add(uri, channel, options);
        }
    }

    /// <summary>One listener fewer; the last one closes the device.</summary>
    public void Leave(ChannelSource listener)
    {
        lock (Gate)
        {
            _listeners = [.. _listeners.Where(other => other != listener)];
            if (_listeners.Length > 0 || _stopping) return;
            Running.Remove(_key);
            _stopping = true;
        }

        // A device that hangs must not take the caller with it; its thread closes it.
        _thread.Join(StopPatience);
    }

    private ChannelSource Add(SourceUri uri, int channel, AudioSourceOptions options)
    {
        var isNew = _listeners.Length == 0;
        if (channel > _source.Format.Channels)
        {
            if (isNew) _source.Dispose();
            throw new UserErrorException($"'{uri}' asks for channel {channel} of {_source.Format.Channels}; channels are numbered from 1, and channels= says how many to open.");
        }

        var listener = new ChannelSource(this, uri.ToString(), channel, _source.Format.SampleRate, options.OnEvent);
        _listeners = [.. _listeners, listener];
        if (!isNew) return listener;
        Running.Add(_key, this);
        _thread.Start();
        return listener;
    }

    private void Tell(SourceEvent happened)
    {
        foreach (var listener in _listeners) listener.Tell(happened);
    }

    private void Run()
    {
        Exception? failure = null;
        try
        {
            Listen();
        }
        catch (Exception error)
        {
            failure = error;
        }

        _source.Dispose();
        foreach (var listener in _listeners) listener.End(failure);
    }

    private void Listen()
    {
        var format = _source.Format;
        var frames = new float[format.SampleRate / PiecesPerSecond * format.Channels];
        while (!_stopping)
        {
            var read = _source.Read(frames);
            foreach (var listener in _listeners) listener.Push(frames.AsSpan(0, read.Frames * format.Channels), format.Channels, read.LostFrames);
            if (read.EndOfStream) return;
            if (_source.Format == format) continue;
            format = _source.Format;
            frames = new float[format.SampleRate / PiecesPerSecond * format.Channels];
            foreach (var listener in _listeners) listener.ChangeRate(format.SampleRate);
        }
    }
}
