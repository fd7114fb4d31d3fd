namespace Diarizer.Training.Losses;

/// <summary>Kinds of loss.</summary>
internal enum LossKind
{
    Softmax,
    AmSoftmax,
    AamSoftmax,
    AngularPrototypical,

    /// <summary>Squared Euclidean prototypical loss.</summary>
    Prototypical,

    /// <summary>Generalised end-to-end loss, softmax variant.</summary>
    Ge2e,

    /// <summary>Triplets of unit vectors by squared Euclidean distance.</summary>
    Triplet,

    /// <summary>Triplets by cosine, as in Deep Speaker.</summary>
    CosineTriplet,

    /// <summary>Kullback-Leibler divergence of pairs with a hinge, both directions.</summary>
    PairwiseDivergence,

    /// <summary>The same as it is often written by mistake, which does not learn.</summary>
    AskedDivergence,
}

/// <summary>What follows from a loss's kind.</summary>
internal static class LossKinds
{
    /// <summary>True for losses with a class for each speaker, which need no second crop of a speaker in the batch.</summary>
    public static bool IsClassification(this LossKind kind) => kind is LossKind.Softmax or LossKind.AmSoftmax or LossKind.AamSoftmax;

    public static bool IsTriplet(this LossKind kind) => kind is LossKind.Triplet or LossKind.CosineTriplet;

    public static bool HasMarginOnClasses(this LossKind kind) => kind is LossKind.AmSoftmax or LossKind.AamSoftmax;
}
