using Diarizer.Training.Configuration;
using Diarizer.Training.Sampling;

namespace Diarizer.Training.Losses;

/// <summary>One term of the loss.</summary>
internal sealed record LossOptions
{
    public LossKind Kind { get; init; } = LossKind.AamSoftmax;

    /// <summary>Factor in the sum; above 0 to 100.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Margin of AM- and AAM-softmax and of triplets; 0 to 1.</summary>
    public double Margin { get; init; } = 0.2;

    /// <summary>Scale of AM- and AAM-softmax; 1 to 200.</summary>
    public double Scale { get; init; } = 30;

    /// <summary>Margin of AM- and AAM-softmax before it grows; 0 to the margin.</summary>
    public double MarginStart { get; init; }

    /// <summary>Step at which the margin of AM- and AAM-softmax begins to grow; 0 to 100,000,000.</summary>
    public long MarginFrom { get; init; }

    /// <summary>Steps over which the margin grows, 0 for a jump; 0 to 10,000,000.</summary>
    public long MarginWarmUp { get; init; }

    /// <summary>Stages of hard negative mining for triplets; random negatives before the first.</summary>
    public MiningStage[] Mining { get; init; } = [];

    /// <summary>Margin of the divergences; above 0 to 100.</summary>
    public double DivergenceMargin { get; init; } = 2;

    /// <summary>Outputs of the layer before the softmax of the pairwise divergence; 0 for the embedding itself; to 10,000.</summary>
    public int DivergenceOutputs { get; init; }

    /// <summary>Random pairs of the pairwise divergence, half of them of one speaker; 0 for all pairs of the batch; to 1,000,000.</summary>
    public int DivergencePairs { get; init; }

    public void Validate(OptionCheck check)
    {
        check.Require(Weight is > 0 and <= 100, "weight", Weight, "above 0 to 100");
        check.Between("margin", Margin, 0, 1);
        check.Between("scale", Scale, 1, 200);
        check.Between("marginStart", MarginStart, 0, Kind.HasMarginOnClasses() ? Margin : 0);
        check.Between("marginFrom", MarginFrom, 0, 100_000_000);
        check.Between("marginWarmUp", MarginWarmUp, 0, 10_000_000);
        check.Require(DivergenceMargin is > 0 and <= 100, "divergenceMargin", DivergenceMargin, "above 0 to 100");
        check.Between("divergenceOutputs", DivergenceOutputs, 0, 10_000);
        check.Require(DivergenceOutputs != 1, "divergenceOutputs", DivergenceOutputs, "0, or 2 or more");
        check.Between("divergencePairs", DivergencePairs, 0, 1_000_000);
        check.Require(Mining is { Length: 0 } || (Mining is not null && Kind.IsTriplet()), "mining", "given", "it to a triplet loss only");
        for (int i = 0; i < Mining?.Length; i++)
            Mining[i].Validate(check.In($"mining[{i}]"));
        bool ordered = Mining is null || Mining.Zip(Mining.Skip(1)).All(pair => pair.First.FromStep < pair.Second.FromStep);
        check.Require(ordered, "mining", "not in order", "stages in ascending order of fromStep");
    }

    /// <summary>Builds the loss.</summary>
    /// <param name="dimension">D of the embeddings.</param>
    /// <param name="classes">Classes of the training data.</param>
    /// <param name="seed">Seed of what the loss draws.</param>
    public SpeakerLoss Create(int dimension, int classes, long seed) => Kind switch
    {
        LossKind.Softmax => new Softmax(dimension, classes),
        LossKind.AmSoftmax => new MarginSoftmax(dimension, classes, angular: false, Schedule, Scale),
        LossKind.AamSoftmax => new MarginSoftmax(dimension, classes, angular: true, Schedule, Scale),
        LossKind.Prototypical => new Prototypical(),
        LossKind.Ge2e => new Ge2e(),
        LossKind.Triplet => new Triplet(TripletMetric.SquaredEuclidean, Margin, new HardNegativeSchedule(Mining), seed),
        LossKind.CosineTriplet => new Triplet(TripletMetric.Cosine, Margin, new HardNegativeSchedule(Mining), seed),
        LossKind.PairwiseDivergence => new PairwiseDivergence(dimension, DivergenceOutputs, DivergenceMargin, DivergencePairs, seed),
        LossKind.AskedDivergence => new AskedDivergence(DivergenceMargin),
        _ => new AngularPrototypical(),
    };

    private MarginSchedule Schedule => new(Margin, MarginStart, MarginFrom, MarginWarmUp);
}
