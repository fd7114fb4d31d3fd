using System.Diagnostics;

namespace Diarizer.Training.Tests.Commands;

/// <summary>The real program on a file system that runs full while it trains.</summary>
public class DiskFullTests
{
    private const string Script = """
        set -u
        mount -t tmpfs -o size=24m tmpfs "$1/disk" || exit 77
        train() { dotnet "$0" train "$1/tiny.json" --data "$1" --cache "$1/cache" --out "$1/models" --run "$1/disk/run" --threads 1 "${@:2}"; }
        train "$1" 2>"$1/error" >"$1/output" &
        until [ -d "$1/disk/run/checkpoints/step-00000010" ]; do kill -0 $! || exit 9; sleep 0.02; done
        dd if=/dev/zero of="$1/disk/ballast" bs=64k 2>/dev/null
        truncate -s -16K "$1/disk/ballast"
        wait $!
        echo "code $?"
        cat "$1/error"
        newest=$(ls "$1/disk/run/checkpoints" | tail -n 1)
        echo "newest $newest"
        rm "$1/disk/ballast"
        train "$1" --resume --steps $((10#${newest#step-} + 5)) 2>&1
        echo "code $?"
        """;

    [Fact]
    public async Task TheCheckpointBeforeStaysAndTheRunGoesOnFromIt()
    {
        using var folder = new TemporaryFolder();
        SyntheticData.Write(folder, speakers: 4, utterances: 2);
        File.WriteAllText(folder["tiny.json"], """
            {
              "name": "tiny",
              "data": { "noise": "", "validationShare": 0 },
              "embedder": {
                "network": { "kind": "fast-resnet-34", "options": { "channels": [8, 8, 8, 8], "blocks": [1, 1, 1, 1], "outputSize": 16 } },
                "sampling": { "speakers": 2, "cropSeconds": [0.5, 0.5] },
                "whiteningBatches": 0
              },
              "loop": { "steps": 100000, "validateEvery": 100000, "checkpointEvery": 10 }
            }
            """);
        Directory.CreateDirectory(folder["disk"]);
        var start = new ProcessStartInfo("unshare", ["-rm", "bash", "-c", Script, Path.Combine(AppContext.BaseDirectory, "diarizer-train.dll"), folder.Path]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        using var process = Start(start);
        Assert.SkipWhen(process is null, "unshare is not installed");
        var error = process!.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.SkipWhen(process.ExitCode is 77 or 1 && output.Length == 0, $"no file system can be mounted here ({(await error).Trim()})");
        Assert.Contains("code 2\nThe checkpoint after step", output);
        Assert.Contains("No space left on device", output);
        string newest = output.Split("newest step-")[1].Split('\n')[0];
        Assert.Contains($"the one after step {long.Parse(newest)} is whole: free some space and continue with --resume", output);
        Assert.Contains($"continuing tiny after step {long.Parse(newest)} of", output);
        Assert.EndsWith("code 0\n", output);
    }

    private static Process? Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
