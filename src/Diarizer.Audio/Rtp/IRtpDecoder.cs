namespace Diarizer.Audio.Rtp;

/// <summary>Turns payloads of one stream into frames. Allocates nothing. Not for several threads at once.</summary>
internal interface IRtpDecoder : IDisposable
{
    /// <summary>What comes out.</summary>
    AudioFormat Format { get; }

    /// <summary>Ticks of the RTP timestamp per second.</summary>
    int ClockRate { get; }

    /// <summary>Frames in a payload, told from its header or length.</summary>
    /// <returns>0 when it cannot be a payload of this codec.</returns>
    int CountFrames(ReadOnlySpan<byte> payload);

    /// <summary>Decodes a payload into interleaved frames.</summary>
    /// <param name="payload">One for which <see cref="CountFrames"/> was positive.</param>
    /// <param name="interleaved">Room for all its frames.</param>
    /// <returns>False when the payload is damaged.</returns>
    bool Decode(ReadOnlySpan<byte> payload, Span<float> interleaved);

    /// <summary>Frames are missing before the next payload.</summary>
    void Skip(long frames)
    {
    }
}
