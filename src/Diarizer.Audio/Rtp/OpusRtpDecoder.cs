using Diarizer.Audio.Native;

namespace Diarizer.Audio.Rtp;

/// <summary>
/// Opus (RFC 7587) by libopus, at the rate of the core: what lies above 8 kHz would be thrown away after decoding anyway. Lost packets are told
/// to the decoder, so that its predictors go on, but what it makes up for them is thrown away: a gap stays a gap.
/// </summary>
internal sealed unsafe class OpusRtpDecoder : IRtpDecoder
{
    private const int WireRate = 48_000;

    // The longest packet there is, 120 ms.
    private const int MostFrames = SampleClock.Rate * 120 / 1000;

    // Opus works in steps of 2.5 ms.
    private const int StepFrames = SampleClock.Rate / 400;

    private readonly OpusHandle _decoder;
    private readonly float[] _discarded;

    /// <exception cref="UserErrorException">libopus is missing.</exception>
    public OpusRtpDecoder(int channels)
    {
        Opus.Require();
        Format = new(SampleClock.Rate, channels);
        _discarded = new float[MostFrames * channels];
        _decoder = Opus.Create(SampleClock.Rate, channels, out var error);
        if (error < 0) throw new InvalidOperationException($"libopus: {Opus.Message(error)}.");
    }

    public AudioFormat Format { get; }

    public int ClockRate => WireRate;

    public int CountFrames(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty) return 0;
        fixed (byte* bytes = payload)
        {
            var frames = Opus.CountSamples(bytes, payload.Length, SampleClock.Rate);
            return frames is > 0 and <= MostFrames ? frames : 0;
        }
    }

    public bool Decode(ReadOnlySpan<byte> payload, Span<float> interleaved)
    {
        fixed (byte* bytes = payload)
        fixed (float* samples = interleaved)
            return Opus.Decode(_decoder, bytes, payload.Length, samples, interleaved.Length / Format.Channels, 0) > 0;
    }

    public void Skip(long frames)
    {
        if (frames > MostFrames || frames % StepFrames != 0)
        {
            _ = Opus.Control(_decoder, Opus.ResetState);
            return;
        }

        fixed (float* samples = _discarded) _ = Opus.Decode(_decoder, null, 0, samples, (int)frames, 0);
    }

    public void Dispose() => _decoder.Dispose();
}
