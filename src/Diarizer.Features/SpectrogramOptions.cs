namespace Diarizer.Features;

/// <summary>A log power spectrogram. The defaults give the 161 bins of Yang et al.'s frequency attention; 400/512 gives the 257 of Thin ResNet-34.</summary>
public sealed record SpectrogramOptions
{
    /// <summary>Samples per second; 8,000 to 48,000.</summary>
    public int SampleRate { get; init; } = 16_000;

    /// <summary>Samples under the periodic Hamming window; 16 to <see cref="DftSize"/>.</summary>
    public int WindowLength { get; init; } = 320;

    /// <summary>Samples from one frame to the next; 1 to <see cref="WindowLength"/>.</summary>
    public int Hop { get; init; } = 160;

    /// <summary>Length of the discrete Fourier transform; a frame has <c>DftSize / 2 + 1</c> values. Even, 32 to 4,096, no prime factor above 5.</summary>
    public int DftSize { get; init; } = 320;

    /// <summary>The a of y[n] = x[n] - a x[n-1]; 0 (off) to 0.99.</summary>
    public float PreEmphasis { get; init; }

    /// <summary>Added to each power before the logarithm; 1e-20 to 1.</summary>
    public float Floor { get; init; } = 1e-6f;

    /// <summary>Returns these options when every value is within its bounds.</summary>
    /// <exception cref="UserErrorException">A value is not.</exception>
    public SpectrogramOptions Validated()
    {
        ShortTimeSpectrum.Validate(SampleRate, WindowLength, Hop, DftSize, PreEmphasis, Floor);
        return this;
    }
}
