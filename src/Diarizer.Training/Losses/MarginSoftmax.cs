using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Training.Losses;

/// <summary>
/// Cross-entropy over scaled cosines to one centre a class, with a margin on the true class: additive on the cosine (AM-softmax, Wang et al.
/// 2018; Chung et al. 2020, equation 2) or on the angle (AAM-softmax, Deng et al. 2019; equation 3). The margin may grow with the steps.
/// </summary>
internal sealed class MarginSoftmax : SpeakerLoss, IClassScores
{
    private readonly Parameter centres;
    private readonly bool _angular;
    private readonly MarginSchedule _margin;
    private readonly double _scale;
    private double _current;

    /// <param name="angular">True for AAM, false for AM.</param>
    /// <param name="margin">m: radians for AAM, cosine for AM.</param>
    /// <param name="scale">s, the inverse temperature.</param>
    /// <param name="warmUp">Steps until the whole margin holds; 0 for at once.</param>
    public MarginSoftmax(int dimension, int classes, bool angular, double margin, double scale, long warmUp)
        : this(dimension, classes, angular, new MarginSchedule(margin, Over: warmUp), scale)
    {
    }

    /// <param name="angular">True for AAM, false for AM.</param>
    /// <param name="margin">m: radians for AAM, cosine for AM; whole until a step is told.</param>
    /// <param name="scale">s, the inverse temperature.</param>
    public MarginSoftmax(int dimension, int classes, bool angular, MarginSchedule margin, double scale)
        : base(nameof(MarginSoftmax))
    {
        centres = new Parameter(nn.init.xavier_normal_(empty(classes, dimension)));
        (_angular, _margin, _scale) = (angular, margin, scale);
        RegisterComponents();
        AtStep(margin.From + margin.Over);
    }

    public override void AtStep(long step) => _current = _margin.At(step);

    /// <inheritdoc/>
    public Tensor Logits(Tensor embeddings)
    {
        using var scope = NewDisposeScope();
        return (Cosines(embeddings) * _scale).MoveToOuterDisposeScope();
    }

    public override Tensor forward(Tensor embeddings, Tensor classes)
    {
        using var scope = NewDisposeScope();
        var (rows, targets) = Flatten(embeddings, classes);
        var cosine = Cosines(rows);
        var index = targets.unsqueeze(1);
        var own = cosine.gather(1, index);
        var change = (_angular ? Rotated(own) : own - _current) - own;
        var truth = nn.functional.one_hot(targets, cosine.shape[1]).to(ScalarType.Float32);
        var logits = cosine + truth * change;
        return nn.functional.cross_entropy(logits * _scale, targets).MoveToOuterDisposeScope();
    }

    private Tensor Cosines(Tensor rows) => nn.functional.linear(nn.functional.normalize(rows), nn.functional.normalize(centres));

    /// <summary>cos(θ + m); beyond θ = π - m, where that would rise again, cos θ - m sin m.</summary>
    private Tensor Rotated(Tensor cosine)
    {
        double m = _current;
        var sine = (1 - cosine * cosine).clamp_min(1e-9).sqrt();
        var rotated = cosine * Math.Cos(m) - sine * Math.Sin(m);
        return where(cosine.gt(Math.Cos(Math.PI - m)), rotated, cosine - Math.Sin(Math.PI - m) * m);
    }
}
