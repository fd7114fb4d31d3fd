namespace Diarizer.Features;

/// <summary>A log-mel front end. The defaults are those of Chung et al. 2020, "In defence of metric learning for speaker recognition".</summary>
public sealed record LogMelOptions
{
    /// <summary>Samples per second; 8,000 to 48,000.</summary>
    public int SampleRate { get; init; } = 16_000;

    /// <summary>Samples under the periodic Hamming window; 16 to <see cref="DftSize"/>.</summary>
    public int WindowLength { get; init; } = 400;

    /// <summary>Samples from one frame to the next; 1 to <see cref="WindowLength"/>.</summary>
    public int Hop { get; init; } = 160;

    /// <summary>Length of the discrete Fourier transform, zero padded; even, 32 to 4,096, no prime factor above 5.</summary>
    public int DftSize { get; init; } = 512;

    /// <summary>Triangular filters, equally spaced on the HTK mel scale; 4 to 256.</summary>
    public int MelBins { get; init; } = 40;

    /// <summary>Lower edge of the first filter in hertz; 0 or more.</summary>
    public double LowestHertz { get; init; } = 20;

    /// <summary>Upper edge of the last filter in hertz; at most half the sample rate.</summary>
    public double HighestHertz { get; init; } = 7_600;

    /// <summary>The a of y[n] = x[n] - a x[n-1]; 0 (off) to 0.99.</summary>
    public float PreEmphasis { get; init; } = 0.97f;

    /// <summary>Added to each mel energy before the logarithm; 1e-12 to 1.</summary>
    public float Floor { get; init; } = 1e-6f;

    /// <summary>Returns these options when every value is within its bounds.</summary>
    /// <exception cref="UserErrorException">A value is not.</exception>
    public LogMelOptions Validated()
    {
        ShortTimeSpectrum.Validate(SampleRate, WindowLength, Hop, DftSize, PreEmphasis, Floor);
        Bounds.Require(MelBins is >= 4 and <= 256, "front end", nameof(MelBins), MelBins, "4 to 256");
        Bounds.Require(LowestHertz >= 0 && LowestHertz < HighestHertz, "front end", nameof(LowestHertz), LowestHertz, $"0 to below {nameof(HighestHertz)}");
        Bounds.Require(HighestHertz <= SampleRate / 2.0, "front end", nameof(HighestHertz), HighestHertz, "at most half the sample rate");
        return this;
    }
}
