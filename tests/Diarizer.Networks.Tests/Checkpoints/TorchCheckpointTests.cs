using System.Diagnostics;
using Diarizer.Networks.Checkpoints;

namespace Diarizer.Networks.Tests.Checkpoints;

/// <summary>Checkpoints that PyTorch itself writes, by reference/make_checkpoints.py; skipped where there is no PyTorch.</summary>
public sealed class TorchCheckpointTests
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public void What_pytorch_saves_is_read()
    {
        using var folder = Written();
        foreach (string file in (string[])["zip.pt", "legacy.pt", "protocol4.pt"])
        {
            var found = CheckpointFile.Read(folder.File(file));
            Assert.Equal(["views", "model.state_dict"], found.Select(dictionary => dictionary.Path));
            var (views, state) = (found[0].Tensors, found[1].Tensors);
            Assert.Equal([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11], views["transposed"].Read().ToSingles());
            Assert.Equal([6, 7], views["piece"].Read().ToSingles());
            Assert.Equal([1.5f, -2], views["half"].Read().ToSingles());
            Assert.Equal([1.5f, -2], views["bfloat"].Read().ToSingles());
            Assert.Equal([0.1f], views["double"].Read().ToSingles());
            Assert.Equal([0, 1, 0], views["bool"].Read().ToSingles());
            Assert.Equal([3, 200], views["bytes"].Read().ToSingles());
            Assert.Equal([], views["scalar"].Shape);
            Assert.Equal([42], views["scalar"].Read().ToSingles());
            Assert.Equal([0.25f, 0.5f], views["parameter"].Read().ToSingles());
            Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked"], state.Keys);
            Assert.Equal([3, 2, 1, 3], state["0.weight"].Shape);
        }
    }

    [Fact]
    public void Objects_and_modules_are_refused()
    {
        using var folder = Written();
        Refuse("module.pt", "it holds torch.nn.modules.container.Sequential, which is neither a tensor nor plain data");
        Refuse("numpy.pt", "it holds numpy.core.multiarray.");
        Refuse("script.pt", "it is a TorchScript module");
        Refuse("expanded.pt", "repeats its 1 stored elements");

        void Refuse(string file, string expected) =>
            Assert.Contains(expected, Assert.Throws<UserErrorException>(() => CheckpointFile.Read(folder.File(file))).Message, StringComparison.Ordinal);
    }

    private static TemporaryFolder Written([System.Runtime.CompilerServices.CallerFilePath] string here = "")
    {
        var folder = new TemporaryFolder();
        string script = Path.Combine(Path.GetDirectoryName(here)!, "..", "reference", "make_checkpoints.py");
        Assert.SkipUnless(File.Exists(Python), $"There is no {Python}.");
        using var process = Process.Start(new ProcessStartInfo(Python, [script, folder.File("")]) { RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (error.Contains("No module named 'torch'", StringComparison.Ordinal))
        {
            folder.Dispose();
            Assert.Skip("Python has no PyTorch here.");
        }
        Assert.True(process.ExitCode == 0, error);
        return folder;
    }
}
