using System.Numerics.Tensors;

namespace Diarizer.Features;

/// <summary>Logarithms of the power in each bin of the Fourier transform: frames of <c>DftSize / 2 + 1</c> values.</summary>
public sealed class Spectrogram : FrontEnd
{
    private readonly float _floor;

    /// <summary>Prepares the window and the transform.</summary>
    /// <exception cref="UserErrorException">An option is out of bounds.</exception>
    public Spectrogram(SpectrogramOptions? options = null)
        : base(Prepare(options ??= new SpectrogramOptions()), options.DftSize / 2 + 1)
    {
        Options = options;
        _floor = options.Floor;
    }

    /// <summary>The options it was made with.</summary>
    public SpectrogramOptions Options { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<double> CentreHertz => [.. Enumerable.Range(0, Bins).Select(k => k * (double)Options.SampleRate / Options.DftSize)];

    private protected override void Finish(ReadOnlySpan<float> power, Span<float> frame)
    {
        TensorPrimitives.Add(power[..frame.Length], _floor, frame);
        TensorPrimitives.Log(frame, frame);
    }

    private static ShortTimeSpectrum Prepare(SpectrogramOptions options)
    {
        options.Validated();
        return new ShortTimeSpectrum(options.WindowLength, options.Hop, options.DftSize, options.PreEmphasis);
    }
}
