using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Training.Loops;

/// <summary>
/// Checkpoints of a run, a folder <c>step-N</c> each. A checkpoint is written beside, synchronised and renamed, so that one that is there is whole; the
/// previous one is kept.
/// </summary>
internal sealed class Checkpoints(string folder)
{
    private const string Prefix = "step-";
    private const int Kept = 2;

    /// <summary>Writes everything that the next step depends on.</summary>
    public void Save(long step, TrainingTask task, OptimizerHelper optimiser)
    {
        string draft = Path.Combine(folder, "draft");
        if (Directory.Exists(draft))
            Directory.Delete(draft, recursive: true);
        Directory.CreateDirectory(draft);
        TensorBag.Save(Path.Combine(draft, "network.safetensors"), task.Network);
        TensorBag.Save(Path.Combine(draft, "average.safetensors"), task.Average);
        if (task.Head is { } head)
            TensorBag.Save(Path.Combine(draft, "head.safetensors"), head);
        using (var writer = new BinaryWriter(File.Create(Path.Combine(draft, "optimiser.bin"))))
            optimiser.save_state_dict(writer);
        foreach (string file in Directory.GetFiles(draft))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
            stream.Flush(flushToDisk: true);
        }
        string final = Folder(step);
        if (Directory.Exists(final))
            Directory.Delete(final, recursive: true);
        Directory.Move(draft, final);
        foreach (long old in Steps().OrderDescending().Skip(Kept))
            Directory.Delete(Folder(old), recursive: true);
    }

    /// <summary>The newest checkpoint's step; null when there is none.</summary>
    public long? Newest() => Steps().Select(step => (long?)step).Max();

    /// <summary>Restores the state after <paramref name="step"/> steps.</summary>
    /// <exception cref="UserErrorException">The checkpoint does not fit the configuration or is damaged.</exception>
    public void Load(long step, TrainingTask task, OptimizerHelper optimiser)
    {
        string from = Folder(step);
        TensorBag.Load(Path.Combine(from, "network.safetensors"), task.Network);
        LoadAverage(step, task);
        if (task.Head is { } head)
            TensorBag.Load(Path.Combine(from, "head.safetensors"), head);
        try
        {
            using var reader = new BinaryReader(File.OpenRead(Path.Combine(from, "optimiser.bin")));
            optimiser.load_state_dict(reader);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or ArgumentException)
        {
            throw new UserErrorException($"The checkpoint {from} is damaged ({error.Message}); delete that folder to continue from the one before.", error);
        }
    }

    /// <summary>Restores what the loss learns alone.</summary>
    public void LoadHead(long step, nn.Module head) => TensorBag.Load(Path.Combine(Folder(step), "head.safetensors"), head);

    /// <summary>Restores the average network alone.</summary>
    public void LoadAverage(long step, TrainingTask task) => TensorBag.Load(Path.Combine(Folder(step), "average.safetensors"), task.Average);

    /// <summary>The newest checkpoint's average network; null when there is none.</summary>
    public string? NewestAverage() => Newest() is { } step ? Path.Combine(Folder(step), "average.safetensors") : null;

    private string Folder(long step) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step:00000000}"));

    private IEnumerable<long> Steps() => !Directory.Exists(folder) ? [] :
        Directory.GetDirectories(folder, Prefix + "*").Select(path => long.Parse(Path.GetFileName(path)[Prefix.Length..], CultureInfo.InvariantCulture));
}
