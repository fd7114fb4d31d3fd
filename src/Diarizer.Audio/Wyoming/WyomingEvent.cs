namespace Diarizer.Audio.Wyoming;

/// <summary>What an event is about, as far as it matters here.</summary>
internal enum WyomingKind
{
    /// <summary>Something else, which is left unread.</summary>
    Other,

    /// <summary>Asks what we are.</summary>
    Describe,

    /// <summary>Wants a <c>pong</c>.</summary>
    Ping,

    /// <summary>Audio follows.</summary>
    AudioStart,

    /// <summary>Audio.</summary>
    AudioChunk,

    /// <summary>No more audio for now.</summary>
    AudioStop,
}

/// <summary>One event of the Wyoming protocol: a line of JSON, more JSON perhaps, and a payload.</summary>
/// <param name="kind">What it is about.</param>
/// <param name="rate">Frames per second; 0 when it does not say.</param>
/// <param name="width">Bytes of a sample; 0 when it does not say.</param>
/// <param name="channels">Channels; 0 when it does not say.</param>
/// <param name="payload">What follows the JSON.</param>
internal readonly ref struct WyomingEvent(WyomingKind kind, int rate, int width, int channels, ReadOnlySpan<byte> payload)
{
    public WyomingKind Kind => kind;

    public int Rate => rate;

    public int Width => width;

    public int Channels => channels;

    public ReadOnlySpan<byte> Payload { get; } = payload;
}
