using System.Diagnostics;
using System.Text;
using Diarizer.Audio.Files;
using Diarizer.Training.Tests.Configuration;

namespace Diarizer.Training.Tests.Commands;

/// <summary>Every kind of source leads the real program to the same embeddings.</summary>
public class SourceCommandTests
{
    [Fact]
    public void ManifestFoldersAndKaldiAreEmbeddedAlike()
    {
        using var folder = new TemporaryFolder();
        StringBuilder manifest = new("utterance\tspeaker\tcorpus\tsplit\tsession\tfile\tstart_s\tduration_s\n"), recordings = new(), speakers = new();
        for (int s = 0; s < 2; s++)
        {
            Directory.CreateDirectory(folder[$"tree/s{s}"]);
            for (int u = 0; u < 2; u++)
            {
                WavWriter.WriteMono(folder[$"tree/s{s}/{u}.wav"], SyntheticData.Voice(s, u, 1));
                manifest.Append($"s{s}-{u}\ts{s}\tc\ttest\t\ttree/s{s}/{u}.wav\t0\t1\n");
                recordings.Append($"s{s}-{u} ../tree/s{s}/{u}.wav\n");
                speakers.Append($"s{s}-{u} s{s}\n");
            }
        }
        Directory.CreateDirectory(folder["kaldi"]);
        File.WriteAllText(folder["list.tsv"], manifest.ToString());
        File.WriteAllText(folder["kaldi/wav.scp"], recordings.ToString());
        File.WriteAllText(folder["kaldi/utt2spk"], speakers.ToString());
        byte[] expected = Embed(folder, "list.tsv");
        Assert.True(expected.Length > 4 * 256);
        Assert.Equal(expected, Embed(folder, "tree"));
        Assert.Equal(expected, Embed(folder, "kaldi"));
        Assert.Equal(["s0/0.wav", "s0/1.wav", "s1/0.wav", "s1/1.wav"], File.ReadAllLines(folder["tree.npy.txt"]));
    }

    private static byte[] Embed(TemporaryFolder folder, string source)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "diarizer-train.dll"), model = Path.Combine(ConfigurationFileTests.Repository(), "models", "embedder.safetensors");
        var start = new ProcessStartInfo("dotnet", [program, "embed", "--manifest", folder[source], "--out", folder[source + ".npy"], "--model", model, "--cache", folder["cache"], "--threads", "1"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error + output.Result);
        return File.ReadAllBytes(folder[source + ".npy"]);
    }
}
