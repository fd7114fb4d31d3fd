using System.Numerics.Tensors;

namespace Diarizer.Features;

/// <summary>Logarithms of mel band energies, by default log(mel + floor): frames of <see cref="LogMelOptions.MelBins"/> values.</summary>
public sealed class LogMel : FrontEnd
{
    private const float DecibelsPerNeper = 4.3429448f;

    private readonly MelFilterBank _bank;

    /// <summary>Prepares the window, the transform and the filters.</summary>
    /// <exception cref="UserErrorException">An option is out of bounds.</exception>
    public LogMel(LogMelOptions? options = null)
        : base(Prepare(options ??= new LogMelOptions()), options.MelBins, options.Edges)
    {
        Options = options;
        _bank = new MelFilterBank(options);
    }

    /// <summary>The options it was made with.</summary>
    public LogMelOptions Options { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<double> CentreHertz => _bank.Centres;

    /// <inheritdoc/>
    public override bool CanStream => !Options.NeedsWhole;

    private protected override void Finish(ReadOnlySpan<float> power, Span<float> frame)
    {
        _bank.Apply(power, frame);
        if (Options.FloorIsLeast)
            TensorPrimitives.Max(frame, Options.Floor, frame);
        else
            TensorPrimitives.Add(frame, Options.Floor, frame);
        TensorPrimitives.Log(frame, frame);
        if (Options.Decibels)
            TensorPrimitives.Multiply(frame, DecibelsPerNeper, frame);
    }

    private protected override void FinishRecording(Span<float> frames)
    {
        if (Options.DynamicRange > 0)
            TensorPrimitives.Max(frames, TensorPrimitives.Max<float>(frames) - Options.DynamicRange, frames);
    }

    private static ShortTimeSpectrum Prepare(LogMelOptions options)
    {
        options.Validated();
        return new ShortTimeSpectrum(options.WindowLength, options.Hop, options.DftSize, options.PreEmphasis, options.Window, options.Edges, options.FramesAlone);
    }
}
