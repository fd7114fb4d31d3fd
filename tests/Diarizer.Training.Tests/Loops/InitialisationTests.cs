using Diarizer.Training.Configuration;
using Diarizer.Training.Loops;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Tests.Loops;

public class InitialisationTests
{
    [Fact]
    public void TakesTheWeightsOfAFile()
    {
        using var folder = new TemporaryFolder();
        using var source = nn.Linear(3, 2);
        using var target = nn.Linear(3, 2);
        TensorBag.Save(folder["source.safetensors"], source);
        Assert.Equal(folder["source.safetensors"], Initialisation.Apply(folder["source.safetensors"], target));
        Assert.Equal(Weights(source), Weights(target));
    }

    [Fact]
    public void NothingIsTakenWhenNothingIsNamed()
    {
        using var target = nn.Linear(3, 2);
        Assert.Null(Initialisation.Apply("", target));
    }

    [Fact]
    public void WeightsOfAnotherShapeAreNamed()
    {
        using var folder = new TemporaryFolder();
        using var source = nn.Linear(4, 2);
        using var target = nn.Linear(3, 2);
        float[] before = Weights(target);
        TensorBag.Save(folder["source.safetensors"], source);
        string message = Assert.Throws<UserErrorException>(() => Initialisation.Apply(folder["source.safetensors"], target)).Message;
        Assert.Contains("initialise: The tensor weight in the weights file", message);
        Assert.Contains("[2, 4] where [2, 3] is expected", message);
        Assert.Equal(before, Weights(target));
    }

    [Fact]
    public void WhatIsNotThereIsNamed()
    {
        using var folder = new TemporaryFolder();
        using var target = nn.Linear(3, 2);
        Assert.Contains("does not exist", Assert.Throws<UserErrorException>(() => Initialisation.Apply(folder["none"], target)).Message);
        Assert.Contains("has no checkpoint yet", Assert.Throws<UserErrorException>(() => Initialisation.Apply(folder.Path, target)).Message);
    }

    /// <summary>A run that continues keeps its own weights.</summary>
    [Fact]
    public void ResumedRunIsNotInitialisedAgain()
    {
        using var folder = new TemporaryFolder();
        var run = new RunOptions { Name = "fake", Loop = new() { Steps = 3 } };
        using (var first = new FakeTask())
            new TrainingLoop(run, first, folder.Path).Run(TestContext.Current.CancellationToken);
        using var second = new FakeTask();
        var result = new TrainingLoop(run with { Initialise = folder["gone"] }, second, folder.Path).Run(TestContext.Current.CancellationToken);
        Assert.True(result.Finished);
    }

    private static float[] Weights(nn.Module module) => [.. module.state_dict().Values.SelectMany(value => value.data<float>().ToArray())];
}
