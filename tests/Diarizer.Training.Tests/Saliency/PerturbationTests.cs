using System.Xml.Linq;
using Diarizer.Training.Saliency;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Tests.Saliency;

/// <summary>
/// Eight classes; each shows as an alternation over time in its own bin of frequency, and the classifier measures just that. So the bins that matter are
/// known: an eighth of them, those of the class.
/// </summary>
public sealed class PerturbationTests : IDisposable
{
    private const int Classes = 8, Frames = 10, Examples = 64;
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _pattern = tensor([.. Enumerable.Range(0, Frames).Select(t => t % 2 == 0 ? 1f : -1)]);
    private readonly SaliencyBatch _batch;

    public PerturbationTests()
    {
        manual_seed(1);
        var targets = tensor([.. Enumerable.Range(0, Examples).Select(i => (long)(i % Classes))]);
        var own = nn.functional.one_hot(targets, Classes).to(float32).unsqueeze(2) * _pattern;
        _batch = new SaliencyBatch(own + 0.1 * randn(Examples, Classes, Frames), targets, 0);
    }

    private SpeakerScores Scores => new(x => x, x => x.matmul(_pattern));

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void AMapOfWhatMattersNeedsFewBinsAndMissesThemFirst()
    {
        var result = Run(new InputTimesGradient(Baseline.Mean), [0, 0.125, 0.5, 1]);
        Assert.Equal([1, 1, 1], result.Insertion.Points.Skip(1).Select(p => p.Top1));
        Assert.Equal(1, result.Deletion.Points[0].Top1);
        Assert.True(result.Deletion.Points[1].Top1 < 0.35, $"{result.Deletion.Points[1].Top1}");
        Assert.All(result.Insertion.Points.Concat(result.Deletion.Points), p => Assert.True(p.Top5 >= p.Top1));
    }

    [Fact]
    public void MethodsBeatTheControl()
    {
        double[] shares = [0, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1];
        var control = Run(new RandomSaliency(1), shares);
        Assert.InRange(control.Insertion.Top1Area, 0.5, 0.95);
        foreach (var method in new ISaliencyMethod[] { new GradientSaliency(), new InputTimesGradient(Baseline.Mean), new IntegratedGradients(2, Baseline.Mean) })
        {
            var result = Run(method, shares);
            Assert.True(result.Insertion.Top1Area > control.Insertion.Top1Area + 0.02, method.Name);
            Assert.True(result.Deletion.Top1Area < control.Deletion.Top1Area - 0.2, method.Name);
        }
    }

    [Fact]
    public void ResultsDoNotDependOnTheBatches()
    {
        var whole = Run(new RandomSaliency(1), [0, 0.3, 1]);
        var test = new PerturbationTest(Scores, [0, 0.3, 1], Baseline.Mean, 1);
        for (int i = 0; i < Examples; i += 24)
        {
            int end = Math.Min(i + 24, Examples);
            var part = new SaliencyBatch(_batch.Features[i..end], _batch.Targets[i..end], i);
            test.Add(part, new RandomSaliency(1).Explain(Scores, part));
        }
        Assert.Equal(whole.Insertion.Points, test.Result("random").Insertion.Points);
        Assert.Equal(whole.Deletion.Points, test.Result("random").Deletion.Points);
    }

    [Fact]
    public void RanksOrderTheBinsAndEqualOnesAtRandom()
    {
        var ranks = BinRanks.Of(tensor([0.5f, -1, 3, 2, 9, 9, 9, 9], [2, 2, 2]), 1);
        Assert.Equal([2L, 3, 0, 1], ranks[0].data<long>().ToArray());
        Assert.Equal([0L, 1, 2, 3], ranks[1].data<long>().ToArray().Order());
        long[] equal = [.. BinRanks.Of(zeros(1, 40, 50), 1)[0].data<long>()];
        // In order of place the first half of the bins would have the first half of the ranks.
        Assert.InRange(equal[..1_000].Average(), 900, 1_100);
    }

    [Fact]
    public void TheAreaIsTheMeanOverTheShares()
    {
        var curve = new PerturbationCurve([new(0, 0, 0.2), new(0.5, 1, 0.2), new(1, 1, 0.2)]);
        Assert.Equal(0.75, curve.Top1Area, 12);
        Assert.Equal(0.2, curve.Top5Area, 12);
    }

    [Fact]
    public void AReportHoldsAllCurves()
    {
        using var folder = new TemporaryFolder();
        var results = new[] { Run(new GradientSaliency(), [0, 1]), Run(new RandomSaliency(1), [0, 1]) };
        new SaliencyReport { Network = "n", Methods = [.. results.Select(r => new MethodReport(r, 0.5, null))] }.Write(folder.Path);
        Assert.Equal(1 + 2 * 2 * 2, File.ReadLines(folder["curves.csv"]).Count());
        Assert.Contains("\"insertion\"", File.ReadAllText(folder["saliency.json"]));
        var svg = XDocument.Load(folder["curves.svg"]).Root!;
        Assert.Equal(4, svg.Elements().Count(e => e.Name.LocalName == "polyline"));
    }

    [Fact]
    public void MapsAreDrawnBesideTheSpectrum()
    {
        float[] values = [.. Enumerable.Range(0, 60).Select(i => (float)Math.Sin(i))];
        var example = new ExplainedExample("u1", values, [("gradient", values, false), ("integrated-gradients", values, true), ("random", values, false)], 10);
        var svg = XDocument.Parse(SaliencyPictures.Maps(example, [0, 100, 200, 4_000, 7_000, 8_000], 0.01).ToSvg()).Root!;
        Assert.Equal(4, svg.Elements().Count(e => e.Name.LocalName == "image"));
        string[] texts = [.. svg.Elements().Where(e => e.Name.LocalName == "text").Select(e => e.Value)];
        Assert.Contains("integrated-gradients", texts);
        Assert.Contains("8", texts);
    }

    private PerturbationResult Run(ISaliencyMethod method, double[] shares)
    {
        var test = new PerturbationTest(Scores, shares, Baseline.Mean, 1);
        test.Add(_batch, method.Explain(Scores, _batch));
        return test.Result(method.Name);
    }
}
