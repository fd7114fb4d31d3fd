using System.Diagnostics;
using System.Text.Json;
using static Diarizer.Training.Tests.Commands.TrainerProcess;

namespace Diarizer.Training.Tests.Commands;

/// <summary>The real program as a process of its own, on made-up speakers.</summary>
public class CommandLineTests
{
    [Fact]
    public void MistakesAreOneSentenceAndExitCode2()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["bad.json"], """{ "nmae": "x" }""");
        foreach (string[] arguments in new string[][]
        {
            ["train", folder["none.json"]],
            ["train", folder["bad.json"], "--data", folder.Path],
            ["train"],
            ["evaluate", "--manifest", folder["none.tsv"]],
            ["export", folder["none"]],
            ["frobnicate"],
        })
        {
            var (code, _, error) = Run(folder, arguments);
            Assert.True(code == 2, $"{string.Join(' ', arguments)}: {code}\n{error}");
            Assert.Single(error.Trim().Split('\n'));
            Assert.DoesNotContain("   at ", error);
        }
    }

    [Fact]
    public async Task TrainsIsKilledContinuesEmbedsAndEvaluates()
    {
        using var folder = new TemporaryFolder();
        SyntheticData.Write(folder, speakers: 8, utterances: 4);
        File.WriteAllText(folder["tiny.json"], """
            {
              "name": "tiny",
              "data": { "validationShare": 0.5 },
              "embedder": {
                "network": { "options": { "channels": [8, 8, 8, 8], "blocks": [1, 1, 1, 1], "outputSize": 16 } },
                "sampling": { "speakers": 4, "cropSeconds": [0.5, 0.8] },
                "validation": { "cropSeconds": 1 }
              },
              "loop": { "steps": 30, "validateEvery": 30, "checkpointEvery": 5 },
              "model": { "halfPrecision": true, "minimumSeconds": 0.3 }
            }
            """);
        string[] train = ["train", folder["tiny.json"], "--data", folder.Path, "--threads", "1"];
        Assert.Equal(0, Run(folder, [.. train, "--run", "whole", "--out", "whole-models"]).Code);

        using (var killed = Start(folder, [.. train, "--run", "cut", "--out", "cut-models"]))
        {
            string checkpoint = Path.Combine(folder["cut"], "checkpoints", "step-00000005");
            for (int i = 0; i < 3_000 && !Directory.Exists(checkpoint); i++)
                await Task.Delay(10, TestContext.Current.CancellationToken);
            killed.Kill();
            await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        Assert.Contains("--resume", Run(folder, [.. train, "--run", "cut"]).Error);
        Assert.Equal(0, Run(folder, [.. train, "--run", "cut", "--out", "cut-models", "--resume"]).Code);
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder["whole-models"], "tiny.safetensors")), File.ReadAllBytes(Path.Combine(folder["cut-models"], "tiny.safetensors")));

        string model = Path.Combine(folder["cut-models"], "tiny.safetensors");
        string[] input = ["--manifest", folder["speech.tsv"], "--split", "train", "--crop", "1", "--model", model];
        Assert.Equal(0, Run(folder, ["embed", .. input, "--out", folder["e.npy"]]).Code);
        Assert.Equal(128 + 32 * 16 * 4, new FileInfo(folder["e.npy"]).Length);
        var (code, output, error) = Run(folder, ["evaluate", .. input, "--pairs", "100", "--json"]);
        Assert.True(code == 0, error);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(["even", "odd", "pooled"], json.RootElement.EnumerateArray().Select(r => r.GetProperty("corpus").GetString()));
        Assert.All(json.RootElement.EnumerateArray(), r => Assert.InRange(r.GetProperty("eer").GetDouble(), 0, 1));
        Assert.Equal(0, Run(folder, ["export", folder["whole"], "--data", folder.Path, "--out", "again"]).Code);
        Assert.Equal(0, Run(folder, ["export", folder["whole"], "--data", folder.Path, "--out", "best", "--best"]).Code);
        // The only validation was that of the last step.
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder["whole-models"], "tiny.safetensors")), File.ReadAllBytes(Path.Combine(folder["best"], "tiny.safetensors")));
        Assert.True(File.Exists(Path.Combine(folder["whole"], "curves.svg")));
        FineTunes(folder);
    }

    /// <summary>Softmax, then triplets, in one file: the second stage starts from the first, and a resumed run continues the stage that it was stopped in.</summary>
    [Fact]
    public void TrainsInStages()
    {
        using var folder = new TemporaryFolder();
        SyntheticData.Write(folder, speakers: 6, utterances: 3);
        File.WriteAllText(folder["staged.json"], """
            {
              "name": "staged",
              "data": { "noise": "", "validationShare": 0 },
              "embedder": {
                "frontEnd": { "melBins": 64 },
                "network": { "kind": "deep-speaker-rescnn", "options": { "channels": [8, 8, 8, 8], "outputSize": 16 } },
                "sampling": { "speakers": 3, "cropSeconds": [0.5, 0.5] },
                "losses": [ { "kind": "Softmax" } ],
                "whiteningBatches": 0
              },
              "stages": [ { "loop": { "steps": 3 } }, { "embedder": { "losses": [ { "kind": "CosineTriplet" } ] }, "loop": { "steps": 2 } } ]
            }
            """);
        string[] train = ["train", folder["staged.json"], "--data", folder.Path, "--threads", "1", "--run", "r", "--out", "m"];
        var (code, output, error) = Run(folder, train);
        Assert.True(code == 0, error);
        Assert.Contains("the network's weights are those of", output, StringComparison.Ordinal);
        Assert.Contains(Path.Combine("stage-1", "checkpoints", "step-00000003", "average.safetensors"), output, StringComparison.Ordinal);
        byte[] model = File.ReadAllBytes(folder["m/staged.safetensors"]);

        Directory.Delete(folder["r/stage-2"], recursive: true);
        Assert.Equal(0, Run(folder, [.. train, "--resume"]).Code);
        Assert.Equal(model, File.ReadAllBytes(folder["m/staged.safetensors"]));
    }

    [Fact]
    public async Task InterruptedRunWritesACheckpointAndExitsWith130()
    {
        using var folder = new TemporaryFolder();
        SyntheticData.Write(folder, speakers: 4, utterances: 2);
        File.WriteAllText(folder["tiny.json"], """
            {
              "name": "tiny",
              "data": { "noise": "" },
              "embedder": {
                "network": { "options": { "channels": [8, 8, 8, 8], "blocks": [1, 1, 1, 1], "outputSize": 16 } },
                "sampling": { "speakers": 2, "cropSeconds": [0.5, 0.5] }
              },
              "loop": { "steps": 100000, "validateEvery": 100000, "checkpointEvery": 5 }
            }
            """);
        using var process = Start(folder, ["train", folder["tiny.json"], "--data", folder.Path, "--threads", "1"]);
        string checkpoints = Path.Combine(folder["runs"], "tiny", "checkpoints");
        for (int i = 0; i < 3_000 && !Directory.Exists(Path.Combine(checkpoints, "step-00000005")); i++)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Process.Start("kill", ["-INT", $"{process.Id}"])!.Dispose();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("stopped; the checkpoint after step", await output);
    }

    /// <summary>The network of a model or run, with another loss; the path is relative to the configuration.</summary>
    private static void FineTunes(TemporaryFolder folder)
    {
        Assert.Contains("tiny.safetensors", Train("cut-models/tiny.safetensors", 16).Output);
        Assert.Contains("step-00000030", Train("whole", 16).Output);
        var (code, _, error) = Train("whole", 8);
        Assert.Equal(2, code);
        Assert.Contains("initialise: The tensor fc.bias in the weights file", error);

        (int Code, string Output, string Error) Train(string source, int size)
        {
            File.WriteAllText(folder["fine.json"], $$"""
                {
                  "name": "fine",
                  "initialise": "{{source}}",
                  "data": { "noise": "" },
                  "embedder": {
                    "network": { "options": { "channels": [8, 8, 8, 8], "blocks": [1, 1, 1, 1], "outputSize": {{size}} } },
                    "sampling": { "speakers": 4, "cropSeconds": [0.5, 0.5] },
                    "losses": [ { "kind": "Ge2e" } ],
                    "whiteningBatches": 0
                  },
                  "loop": { "steps": 1 }
                }
                """);
            return Run(folder, ["train", folder["fine.json"], "--data", folder.Path, "--threads", "1", "--fresh"]);
        }
    }
}
