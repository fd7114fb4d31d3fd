using Diarizer.Training.Configuration;
using Diarizer.Training.Loops;
using TorchSharp;

namespace Diarizer.Training.Tests.Loops;

public class BestAverageTests
{
    private static readonly RunOptions Options = new()
    {
        Name = "fake",
        Optimiser = new() { LearningRate = 0.05, WarmUp = 5 },
        Loop = new() { Steps = 40, ValidateEvery = 5, CheckpointEvery = 10, AverageDecay = 0.9 },
    };

    [Theory]
    [InlineData(false, 15)]
    [InlineData(true, 25)]
    public void KeepsTheAverageOfTheBestValidation(bool higherIsBetter, long expected)
    {
        using var folder = new TemporaryFolder();
        using var task = new FakeTask();
        var best = new BestAverage(folder.Path, higherIsBetter);
        best.Begin(0);
        Assert.Null(best.Current);
        float[]? kept = null;
        foreach (var (step, figure) in new[] { (5L, 0.5), (10, double.NaN), (15, 0.2), (20, 0.2), (25, 0.9), (30, 0.3) })
        {
            Shift(task);
            best.Offer(step, figure, task);
            if (step == expected)
                kept = Average(task);
        }
        Assert.Equal(expected, best.Current?.Step);
        var (newest, file) = BestAverage.Newest(folder.Path)!.Value;
        Assert.Equal(expected, newest);
        TensorBag.Load(file, task.Average);
        Assert.Equal(kept, Average(task));
    }

    /// <summary>The best of a run that was cut at any step and continued is that of a run that was not.</summary>
    [Theory]
    [InlineData(12)]
    [InlineData(16)]
    [InlineData(27)]
    [InlineData(38)]
    public void InterruptedRunFindsTheSameBest(long crash)
    {
        // The best validation is that of step 25; that of step 15 surpasses step 5, and a crash at 16 goes back to step 10.
        double Figure(long done) => done switch { 5 => 0.4, 15 => 0.3, 25 => 0.1, _ => 0.6 };
        using var whole = new TemporaryFolder();
        using var cut = new TemporaryFolder();
        using (var task = new FakeTask { Figure = Figure })
            new TrainingLoop(Options, task, whole.Path).Run(TestContext.Current.CancellationToken);
        using (var task = new FakeTask { Figure = Figure, BeforeStep = step => { if (step == crash) throw new InvalidOperationException("power cut"); } })
            Assert.Throws<InvalidOperationException>(() => new TrainingLoop(Options, task, cut.Path).Run(TestContext.Current.CancellationToken));
        var then = new BestAverage(cut.Path, higherIsBetter: false);
        then.Begin(crash / 10 * 10);
        Assert.Equal(crash < 20 ? 5 : crash < 30 ? 15 : 25, then.Current?.Step);
        using (var task = new FakeTask { Figure = Figure })
            new TrainingLoop(Options, task, cut.Path).Run(TestContext.Current.CancellationToken);
        var (step, file) = BestAverage.Newest(whole.Path)!.Value;
        var (stepOfCut, fileOfCut) = BestAverage.Newest(cut.Path)!.Value;
        Assert.Equal((25, 25), (step, stepOfCut));
        Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(fileOfCut));
        Assert.Equal(File.ReadAllLines(whole["validation.csv"]), File.ReadAllLines(cut["validation.csv"]));
        Assert.Equal(File.ReadAllText(whole["curves.svg"]), File.ReadAllText(cut["curves.svg"]));
        Assert.Single(Directory.GetDirectories(whole["best"]));
    }

    [Fact]
    public void PatienceEndsARunAndIsNotRegainedByContinuing()
    {
        using var folder = new TemporaryFolder();
        var run = Options with { Loop = Options.Loop with { Patience = 3 } };
        double Figure(long done) => done == 10 ? 0.1 : 0.2;
        using var task = new FakeTask { Figure = Figure };
        var result = new TrainingLoop(run, task, folder.Path).Run(TestContext.Current.CancellationToken);
        Assert.Equal((25, true), (result.Step, result.Finished));
        Assert.Equal(25, new Checkpoints(folder.Path).Newest());
        Assert.Equal(10, BestAverage.Newest(folder.Path)?.Step);
        using var again = new FakeTask { Figure = Figure };
        Assert.Equal(25, new TrainingLoop(run, again, folder.Path).Run(TestContext.Current.CancellationToken).Step);
        using var patient = new FakeTask { Figure = Figure };
        Assert.Equal(35, new TrainingLoop(run with { Loop = run.Loop with { Patience = 5 } }, patient, folder.Path).Run(TestContext.Current.CancellationToken).Step);
    }

    [Fact]
    public void PatienceWithoutFiguresIsAnError()
    {
        using var folder = new TemporaryFolder();
        using var task = new FakeTask { Figure = null };
        var loop = new TrainingLoop(Options with { Loop = Options.Loop with { Patience = 3 } }, task, folder.Path);
        Assert.Contains("loop.patience needs validation figures", Assert.Throws<UserErrorException>(() => loop.Run(TestContext.Current.CancellationToken)).Message);
    }

    private static void Shift(FakeTask task)
    {
        using var frozen = torch.no_grad();
        foreach (var weight in task.Average.parameters())
            weight.add_(1);
    }

    private static float[] Average(FakeTask task) => [.. task.Average.parameters().SelectMany(p => p.data<float>().ToArray())];
}
