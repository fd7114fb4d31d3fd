using Diarizer.Training.Loops;

namespace Diarizer.Training.Tests.Loops;

public class StepFoldersTests
{
    [Fact]
    public void StepsComeInOrder()
    {
        using var folder = new TemporaryFolder();
        var folders = new StepFolders(folder["x"]);
        Assert.Empty(folders.Steps());
        foreach (long step in new long[] { 20, 3, 123_456_789_012 })
            folders.Add(step, draft => File.WriteAllText(Path.Combine(draft, "a"), $"{step}"));
        Assert.Equal([3, 20, 123_456_789_012], folders.Steps());
        Assert.Equal("20", File.ReadAllText(Path.Combine(folders[20], "a")));
        folders.Delete(20);
        Assert.Equal([3, 123_456_789_012], folders.Steps());
        Assert.Equal(2, Directory.GetDirectories(folder["x"]).Length);
    }

    [Fact]
    public void WritingThatFailsLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        var folders = new StepFolders(folder["x"]);
        folders.Add(1, draft => File.WriteAllText(Path.Combine(draft, "a"), "whole"));
        Assert.Throws<IOException>(() => folders.Add(2, draft =>
        {
            File.WriteAllText(Path.Combine(draft, "a"), "half");
            throw new IOException("No space left on device");
        }));
        Assert.Equal([1], folders.Steps());
        Assert.Equal([folders[1]], Directory.GetDirectories(folder["x"]));
    }

    [Fact]
    public void WhatAKillLeavesBehindIsNoStep()
    {
        using var folder = new TemporaryFolder();
        var folders = new StepFolders(folder["x"]);
        Directory.CreateDirectory(folder["x/draft"]);
        File.WriteAllText(folder["x/draft/half"], "");
        Directory.CreateDirectory(folder["x/outgoing"]);
        folders.Add(1, draft => File.WriteAllText(Path.Combine(draft, "a"), "whole"));
        Assert.Equal([1], folders.Steps());
        Assert.Equal(["a"], Directory.GetFiles(folders[1]).Select(Path.GetFileName));
        folders.Delete(1);
        Assert.Empty(folders.Steps());
    }
}
