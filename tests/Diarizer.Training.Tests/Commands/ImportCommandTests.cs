using System.Diagnostics;
using System.Runtime.InteropServices;
using Diarizer.Networks.Models;
using Diarizer.Networks.Tests.Checkpoints;
using Diarizer.Networks.Trunks;
using Diarizer.Training.Evaluation;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Tests.Commands;

/// <summary>The real program makes a model of a checkpoint in voxceleb_trainer's layout.</summary>
public class ImportCommandTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "diarizer-train.dll");

    [Fact]
    public void ACheckpointBecomesAModel()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var network = new FastResNet34(new FastResNet34Options { Channels = [8, 8, 8, 16], Blocks = [1, 2, 1, 1], OutputSize = 12, Pooling = PoolingKind.AttentiveStatistics });
        network.eval();
        File.WriteAllBytes(folder["best.model"], Checkpoint(network));

        var (code, output, error) = Run(folder, "import", "best.model", "--out", "models/small.safetensors", "--licence", "CC-BY-4.0");
        Assert.True(code == 0, error);
        Assert.Contains("read ResNetSE34L in model_state_dict below __S__. of voxceleb_trainer as fast-resnet-34", output);
        Assert.Contains("left out 1 tensors that are no part of the embedder: __L__.weight", output);
        var card = ModelFile.ReadCard(folder["models/small.json"]);
        Assert.Equal(("small", "CC-BY-4.0", "fast-resnet-34"), (card.Name, card.Licence, card.Network));
        Assert.StartsWith("imported: ResNetSE34L in model_state_dict below __S__. of voxceleb_trainer, from best.model (SHA-256 ", card.Training!.Data);

        // Its own format: what forward takes is what it gives, three dimensions instead of two.
        var features = randn(2, 40, 50);
        Write(folder["features.npy"], features.transpose(1, 2).contiguous());
        (code, _, error) = Run(folder, "forward", "--model", "models/small.safetensors", "--features", "features.npy", "--out", "outputs.npy");
        Assert.True(code == 0, error);
        var (shape, values) = NpyReader.Read(folder["outputs.npy"]);
        Assert.Equal([2, 12], shape);
        var expected = Values(network.call(features));
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], values[i], 1e-5);

        (code, output, error) = Run(folder, "export", "models/small.safetensors", "--onnx", "--out", "exported");
        Assert.True(code == 0, error);
        Assert.Contains("small.onnx", output);
        Assert.InRange(new FileInfo(folder["exported/small.onnx"]).Length, network.parameters().Sum(p => p.numel()) * sizeof(float), int.MaxValue);
    }

    [Fact]
    public void MistakesAreOneSentenceAndExitCode2()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["evil.pt"], CheckpointBuilder.Archive(new PickleBuilder().Global("os", "system").Text("id").Raw(0x85).Op('R').Stop()));
        File.WriteAllBytes(folder["other.pt"], CheckpointBuilder.Zeros([("w", [2])]));
        foreach (var (arguments, expected) in new (string[], string)[]
        {
            (["import", "none.pt", "--out", "m"], "none.pt cannot be read"),
            (["import", "evil.pt", "--out", "m"], "it holds os.system"),
            (["import", "other.pt", "--out", "m"], "are of no known layout"),
            (["import", "other.pt", "--out", "m", "--layout", "keras"], "There is no layout keras"),
            (["forward", "--model", "none", "--features", "none.npy", "--out", "o.npy"], "none.npy cannot be read"),
            (["forward", "--model", "none", "--features", "other.pt", "--out", "o.npy"], "is no float32 array of NumPy's format"),
        })
        {
            var (code, _, error) = Run(folder, arguments);
            Assert.True(code == 2, $"{string.Join(' ', arguments)}: {code}\n{error}");
            Assert.Contains(expected, Assert.Single(error.Trim().Split('\n')));
        }
        Assert.False(File.Exists(folder["m.safetensors"]));
    }

    private static byte[] Checkpoint(FastResNet34 network)
    {
        var storages = new List<(string Key, byte[] Values)> { ("loss", new byte[4]) };
        var pickle = new PickleBuilder().Op('}').Text("model_state_dict").Op('}').Op('(').Text("__L__.weight").Tensor("FloatStorage", "loss", 1, 0, [1], [1]);
        foreach (var (name, value) in network.state_dict().Where(entry => entry.Value.dtype == ScalarType.Float32))
        {
            long[] strides = [.. value.shape.Select((_, d) => value.shape[(d + 1)..].Aggregate(1L, (a, b) => a * b))];
            pickle.Text($"__S__.{name}").Tensor("FloatStorage", name, value.numel(), 0, value.shape, strides);
            storages.Add((name, MemoryMarshal.AsBytes(Values(value).AsSpan()).ToArray()));
        }
        return CheckpointBuilder.Archive(pickle.Op('u').Op('s').Stop(), [.. storages]);
    }

    private static float[] Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.detach().contiguous().bytes).ToArray();

    private static void Write(string path, Tensor tensor)
    {
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({string.Join(", ", tensor.shape)}), }}\n";
        byte[] start = [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(header)];
        File.WriteAllBytes(path, [.. start, .. MemoryMarshal.AsBytes(Values(tensor).AsSpan())]);
    }

    private static (int Code, string Output, string Error) Run(TemporaryFolder folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
