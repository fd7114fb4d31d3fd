namespace Diarizer.Features;

/// <summary>A log-mel front end. The defaults are those of Chung et al. 2020, "In defence of metric learning for speaker recognition".</summary>
public sealed record LogMelOptions
{
    /// <summary>Samples per second; 8,000 to 48,000.</summary>
    public int SampleRate { get; init; } = 16_000;

    /// <summary>Samples under the window; 16 to <see cref="DftSize"/>.</summary>
    public int WindowLength { get; init; } = 400;

    /// <summary>The window.</summary>
    public WindowShape Window { get; init; }

    /// <summary>Samples from one frame to the next; 1 to <see cref="WindowLength"/>.</summary>
    public int Hop { get; init; } = 160;

    /// <summary>What happens at the ends of a recording.</summary>
    public FrameEdges Edges { get; init; }

    /// <summary>Length of the discrete Fourier transform, zero padded; even, 32 to 4,096, no prime factor above 5.</summary>
    public int DftSize { get; init; } = 512;

    /// <summary>Triangular filters, equally spaced on the HTK mel scale; 4 to 256.</summary>
    public int MelBins { get; init; } = 40;

    /// <summary>How the filters rise and fall.</summary>
    public FilterShape Filters { get; init; }

    /// <summary>Lower edge of the first filter in hertz; 0 or more.</summary>
    public double LowestHertz { get; init; } = 20;

    /// <summary>Upper edge of the last filter in hertz; at most half the sample rate.</summary>
    public double HighestHertz { get; init; } = 7_600;

    /// <summary>The a of y[n] = x[n] - a x[n-1]; 0 (off) to 0.99.</summary>
    public float PreEmphasis { get; init; } = 0.97f;

    /// <summary>Each frame by itself loses its mean and is then pre-emphasised, its first sample against itself, as in Kaldi.</summary>
    public bool FramesAlone { get; init; }

    /// <summary>Added to each mel energy before the logarithm, or its least value: see <see cref="FloorIsLeast"/>; 1e-20 to 1.</summary>
    public float Floor { get; init; } = 1e-6f;

    /// <summary>Energies below <see cref="Floor"/> are raised to it; else it is added to all.</summary>
    public bool FloorIsLeast { get; init; }

    /// <summary>Values are decibels, 10 log10; else natural logarithms.</summary>
    public bool Decibels { get; init; }

    /// <summary>Values further below the recording's highest are raised to this distance from it, in the unit of the values; 0 (off) to 1,000.</summary>
    public float DynamicRange { get; init; }

    /// <summary>Frames depend on what lies around them in the recording, so that there is no stream of them.</summary>
    internal bool NeedsWhole => Edges != FrameEdges.Inside || DynamicRange > 0;

    /// <summary>Returns these options when every value is within its bounds.</summary>
    /// <exception cref="UserErrorException">A value is not.</exception>
    public LogMelOptions Validated()
    {
        ShortTimeSpectrum.Validate(SampleRate, WindowLength, Hop, DftSize, PreEmphasis, Floor);
        Require(Enum.IsDefined(Window), nameof(Window), Window, string.Join(", ", Enum.GetNames<WindowShape>()));
        Require(Enum.IsDefined(Edges), nameof(Edges), Edges, string.Join(", ", Enum.GetNames<FrameEdges>()));
        Require(Enum.IsDefined(Filters), nameof(Filters), Filters, string.Join(", ", Enum.GetNames<FilterShape>()));
        Require(MelBins is >= 4 and <= 256, nameof(MelBins), MelBins, "4 to 256");
        Require(LowestHertz >= 0 && LowestHertz < HighestHertz, nameof(LowestHertz), LowestHertz, $"0 to below {nameof(HighestHertz)}");
        Require(HighestHertz <= SampleRate / 2.0, nameof(HighestHertz), HighestHertz, "at most half the sample rate");
        Require(DynamicRange is >= 0 and <= 1_000, nameof(DynamicRange), DynamicRange, "0 to 1,000");
        return this;
    }

    private static void Require(bool holds, string name, IFormattable value, string allowed) => Bounds.Require(holds, "front end", name, value, allowed);
}
