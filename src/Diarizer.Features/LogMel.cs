using System.Numerics.Tensors;

namespace Diarizer.Features;

/// <summary>Logarithms of mel band energies, log(mel + floor): frames of <see cref="LogMelOptions.MelBins"/> values.</summary>
public sealed class LogMel : FrontEnd
{
    private readonly MelFilterBank _bank;
    private readonly float _floor;

    /// <summary>Prepares the window, the transform and the filters.</summary>
    /// <exception cref="UserErrorException">An option is out of bounds.</exception>
    public LogMel(LogMelOptions? options = null)
        : base(Prepare(options ??= new LogMelOptions()), options.MelBins)
    {
        Options = options;
        _bank = new MelFilterBank(options);
        _floor = options.Floor;
    }

    /// <summary>The options it was made with.</summary>
    public LogMelOptions Options { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<double> CentreHertz => _bank.Centres;

    private protected override void Finish(ReadOnlySpan<float> power, Span<float> frame)
    {
        _bank.Apply(power, frame);
        TensorPrimitives.Add(frame, _floor, frame);
        TensorPrimitives.Log(frame, frame);
    }

    private static ShortTimeSpectrum Prepare(LogMelOptions options)
    {
        options.Validated();
        return new ShortTimeSpectrum(options.WindowLength, options.Hop, options.DftSize, options.PreEmphasis);
    }
}
