namespace Diarizer.Training.Saliency;

/// <summary>Accuracy with some of the bins.</summary>
/// <param name="Share">Share of the bins that is kept (insertion) or removed (deletion), the most salient first; 0 to 1.</param>
/// <param name="Top1">Share of the examples whose own class scores highest.</param>
/// <param name="Top5">Share whose own class is among the five highest.</param>
internal sealed record PerturbationPoint(double Share, double Top1, double Top5);

/// <summary>How accuracy changes as bins come or go.</summary>
/// <param name="Points">By ascending share.</param>
internal sealed record PerturbationCurve(IReadOnlyList<PerturbationPoint> Points)
{
    /// <summary>Area under the top-1 curve, its mean over all shares.</summary>
    public double Top1Area => Area(p => p.Top1);

    /// <summary>Area under the top-5 curve.</summary>
    public double Top5Area => Area(p => p.Top5);

    private double Area(Func<PerturbationPoint, double> value)
    {
        double area = Points.Zip(Points.Skip(1)).Sum(pair => (pair.Second.Share - pair.First.Share) * (value(pair.First) + value(pair.Second)) / 2);
        return Points.Count > 1 ? area / (Points[^1].Share - Points[0].Share) : double.NaN;
    }
}

/// <summary>How well a method's maps tell what a classifier needs.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Insertion">Only the most salient bins are kept: a large area is good.</param>
/// <param name="Deletion">The most salient bins are removed: a small area is good.</param>
internal sealed record PerturbationResult(string Method, PerturbationCurve Insertion, PerturbationCurve Deletion);
