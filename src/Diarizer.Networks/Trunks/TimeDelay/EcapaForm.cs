using TorchSharp;

namespace Diarizer.Networks.Trunks.TimeDelay;

/// <summary>In what the variants of ECAPA-TDNN differ.</summary>
internal sealed record EcapaForm
{
    private static readonly EcapaForm Published = new()
    {
        SeesAllBefore = true,
        NormalisesAttention = true,
        LeastVariance = 1e-4,
        LeastContextVariance = 1e-4,
    };

    private static readonly EcapaForm SpeechBrain = new()
    {
        Padding = PaddingModes.Reflect,
        PassesFirstGroup = true,
        NormalisesAggregate = true,
        NormalisesAttention = true,
        LeastVariance = 1e-12,
        LeastContextVariance = 1e-12,
        SquaresDeviations = true,
    };

    private static readonly EcapaForm WeSpeaker = new()
    {
        LeastVariance = 1e-7,
        ContextVarianceOffset = 1e-7,
    };

    /// <summary>What stands beyond the ends of an utterance in convolutions over time.</summary>
    public PaddingModes Padding { get; private init; } = PaddingModes.Zeros;

    /// <summary>A block's input is the sum of all outputs before it; else the one before.</summary>
    public bool SeesAllBefore { get; private init; }

    /// <summary>The group of channels that a block's inner convolutions leave alone is the first; else the last.</summary>
    public bool PassesFirstGroup { get; private init; }

    /// <summary>The aggregation of the blocks ends with a normalisation.</summary>
    public bool NormalisesAggregate { get; private init; }

    /// <summary>ReLU and normalisation stand before the attention's tanh.</summary>
    public bool NormalisesAttention { get; private init; }

    /// <summary>Least weighted variance.</summary>
    public double LeastVariance { get; private init; }

    /// <summary>Least variance of the context.</summary>
    public double LeastContextVariance { get; private init; }

    /// <summary>Added to the variance of the context.</summary>
    public double ContextVarianceOffset { get; private init; }

    /// <summary>Variances are means of squared deviations, over T; else the context's is over T - 1, and the weighted one the mean square less the squared mean.</summary>
    public bool SquaresDeviations { get; private init; }

    public static EcapaForm Of(EcapaVariant variant) => variant switch
    {
        EcapaVariant.SpeechBrain => SpeechBrain,
        EcapaVariant.WeSpeaker => WeSpeaker,
        _ => Published,
    };
}
