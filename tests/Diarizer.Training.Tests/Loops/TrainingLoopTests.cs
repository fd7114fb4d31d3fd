using Diarizer.Training.Configuration;
using Diarizer.Training.Loops;
using Diarizer.Training.Optimisation;

namespace Diarizer.Training.Tests.Loops;

public class TrainingLoopTests
{
    private static readonly RunOptions _run = new()
    {
        Name = "fake",
        Optimiser = new() { LearningRate = 0.05, WarmUp = 5 },
        Loop = new() { Steps = 40, ValidateEvery = 20, CheckpointEvery = 10, AverageDecay = 0.9, Workers = 2 },
    };

    [Fact]
    public void Learns()
    {
        using var folder = new TemporaryFolder();
        using var task = new FakeTask();
        var result = new TrainingLoop(_run, task, folder.Path).Run(TestContext.Current.CancellationToken);
        Assert.True(result.Finished);
        Assert.Equal(40, result.Step);
        double[] losses = [.. File.ReadLines(folder["log.csv"]).Skip(1).Select(l => double.Parse(l.Split(',')[1]))];
        Assert.Equal(40, losses.Length);
        Assert.True(losses[^10..].Average() < losses[..5].Average() * 0.8);
        Assert.Equal(["step,figure,value", "20,validationX,0.5", "40,validationX,0.5"], File.ReadAllLines(folder["validation.csv"]));
    }

    [Fact]
    public void StoppedRunContinuesBitByBit()
    {
        using var whole = new TemporaryFolder();
        using var cut = new TemporaryFolder();
        using var uninterrupted = new FakeTask();
        new TrainingLoop(_run, uninterrupted, whole.Path).Run(TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        using (var first = new FakeTask { BeforeStep = step => Stop(step, 17) })
        {
            var result = new TrainingLoop(_run, first, cut.Path).Run(stop.Token);
            Assert.False(result.Finished);
            Assert.Equal(18, result.Step);
        }
        using var second = new FakeTask();
        new TrainingLoop(_run, second, cut.Path).Run(TestContext.Current.CancellationToken);
        Assert.Equal(uninterrupted.Weights(), second.Weights());
        Assert.Equal(File.ReadAllLines(whole["log.csv"]), File.ReadAllLines(cut["log.csv"]));

        void Stop(long step, long at)
        {
            if (step == at)
                stop.Cancel();
        }
    }

    [Fact]
    public void CrashedRunContinuesFromItsLastCheckpoint()
    {
        using var whole = new TemporaryFolder();
        using var crashed = new TemporaryFolder();
        using var uninterrupted = new FakeTask();
        new TrainingLoop(_run, uninterrupted, whole.Path).Run(TestContext.Current.CancellationToken);
        using (var first = new FakeTask { BeforeStep = step => { if (step == 27) throw new InvalidOperationException("power cut"); } })
            Assert.Throws<InvalidOperationException>(() => new TrainingLoop(_run, first, crashed.Path).Run(TestContext.Current.CancellationToken));
        Directory.CreateDirectory(Path.Combine(crashed.Path, "checkpoints", "draft"));
        using var second = new FakeTask();
        new TrainingLoop(_run, second, crashed.Path).Run(TestContext.Current.CancellationToken);
        Assert.Equal(uninterrupted.Weights(), second.Weights());
        Assert.Equal(["step-00000030", "step-00000040"], Directory.GetDirectories(Path.Combine(crashed.Path, "checkpoints")).Select(Path.GetFileName).Order());
        Assert.Equal(File.ReadAllLines(whole["log.csv"]), File.ReadAllLines(crashed["log.csv"]));
    }

    [Fact]
    public void LossThatIsNotFiniteStopsAndKeepsTheCheckpoint()
    {
        using var folder = new TemporaryFolder();
        using var task = new FakeTask { BreakAt = 25 };
        var error = Assert.Throws<UserErrorException>(() => new TrainingLoop(_run, task, folder.Path).Run(TestContext.Current.CancellationToken));
        Assert.Contains("step 26 is NaN", error.Message);
        Assert.Equal(20, new Checkpoints(folder.Path).Newest());
    }

    /// <summary>Otherwise the weights would be no numbers, and the next checkpoint hold them.</summary>
    [Fact]
    public void GradientThatIsNotFiniteStopsBeforeItTouchesTheWeights()
    {
        using var folder = new TemporaryFolder();
        using var task = new FakeTask { BreakGradientAt = 29 };
        var error = Assert.Throws<UserErrorException>(() => new TrainingLoop(_run, task, folder.Path).Run(TestContext.Current.CancellationToken));
        Assert.Contains("The gradient's norm of step 30 is NaN", error.Message);
        Assert.Equal(20, new Checkpoints(folder.Path).Newest());
        Assert.All(task.Weights(), weight => Assert.True(float.IsFinite(weight)));
    }

    /// <summary>Layers that draw at random draw the same after a checkpoint.</summary>
    [Fact]
    public void DropoutContinuesBitByBit()
    {
        using var whole = new TemporaryFolder();
        using var cut = new TemporaryFolder();
        using var uninterrupted = new FakeTask(dropout: 0.5);
        new TrainingLoop(_run, uninterrupted, whole.Path).Run(TestContext.Current.CancellationToken);
        using (var first = new FakeTask(dropout: 0.5) { BreakAt = 25 })
            Assert.Throws<UserErrorException>(() => new TrainingLoop(_run, first, cut.Path).Run(TestContext.Current.CancellationToken));
        using var second = new FakeTask(dropout: 0.5);
        new TrainingLoop(_run, second, cut.Path).Run(TestContext.Current.CancellationToken);
        Assert.Equal(uninterrupted.Weights(), second.Weights());
    }

    /// <summary>Whatever stands in the way of a checkpoint, the one before is whole and the run goes on from it.</summary>
    [Fact]
    public void CheckpointThatCannotBeWrittenLeavesTheOneBefore()
    {
        using var whole = new TemporaryFolder();
        using var folder = new TemporaryFolder();
        using var uninterrupted = new FakeTask();
        new TrainingLoop(_run, uninterrupted, whole.Path).Run(TestContext.Current.CancellationToken);
        string obstacle = folder["checkpoints/draft"];
        using (var first = new FakeTask { BeforeStep = step => { if (step == 25) File.WriteAllText(obstacle, ""); } })
        {
            string message = Assert.Throws<UserErrorException>(() => new TrainingLoop(_run, first, folder.Path).Run(TestContext.Current.CancellationToken)).Message;
            Assert.Contains("The checkpoint after step 30 cannot be written", message);
            Assert.Contains("the one after step 20 is whole: free some space and continue with --resume", message);
        }
        File.Delete(obstacle);
        using var second = new FakeTask();
        new TrainingLoop(_run, second, folder.Path).Run(TestContext.Current.CancellationToken);
        Assert.Equal(uninterrupted.Weights(), second.Weights());
    }

    [Fact]
    public void CheckpointOfAnotherNetworkIsRefused()
    {
        using var folder = new TemporaryFolder();
        using var task = new FakeTask();
        new TrainingLoop(_run with { Loop = _run.Loop with { Steps = 10 } }, task, folder.Path).Run(TestContext.Current.CancellationToken);
        using var optimiser = Optimisers.Create(_run.Optimiser, task.Parameters);
        var checkpoints = new Checkpoints(folder.Path);
        File.WriteAllBytes(Path.Combine(folder["checkpoints"], "step-00000010", "optimiser.bin"), [1, 2, 3]);
        Assert.Contains("damaged", Assert.Throws<UserErrorException>(() => checkpoints.Load(10, task, optimiser)).Message);
        File.Delete(Path.Combine(folder["checkpoints"], "step-00000010", "average.safetensors"));
        Assert.Throws<UserErrorException>(() => checkpoints.LoadAverage(10, task));
    }
}
