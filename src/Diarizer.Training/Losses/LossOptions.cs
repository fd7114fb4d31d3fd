using Diarizer.Training.Configuration;

namespace Diarizer.Training.Losses;

/// <summary>Kinds of loss.</summary>
internal enum LossKind
{
    Softmax,
    AmSoftmax,
    AamSoftmax,
    AngularPrototypical,
}

/// <summary>One term of the loss.</summary>
internal sealed record LossOptions
{
    public LossKind Kind { get; init; } = LossKind.AamSoftmax;

    /// <summary>Factor in the sum; above 0 to 100.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Margin of AM- and AAM-softmax; 0 to 1.</summary>
    public double Margin { get; init; } = 0.2;

    /// <summary>Scale of AM- and AAM-softmax; 1 to 200.</summary>
    public double Scale { get; init; } = 30;

    /// <summary>Steps over which the margin grows; 0 to 10,000,000.</summary>
    public long MarginWarmUp { get; init; }

    public void Validate(OptionCheck check)
    {
        check.Require(Weight is > 0 and <= 100, "weight", Weight, "above 0 to 100");
        check.Between("margin", Margin, 0, 1);
        check.Between("scale", Scale, 1, 200);
        check.Between("marginWarmUp", MarginWarmUp, 0, 10_000_000);
    }

    /// <summary>Builds the loss.</summary>
    public SpeakerLoss Create(int dimension, int classes) => Kind switch
    {
        LossKind.Softmax => new Softmax(dimension, classes),
        LossKind.AmSoftmax => new MarginSoftmax(dimension, classes, angular: false, Margin, Scale, MarginWarmUp),
        LossKind.AamSoftmax => new MarginSoftmax(dimension, classes, angular: true, Margin, Scale, MarginWarmUp),
        _ => new AngularPrototypical(),
    };
}
