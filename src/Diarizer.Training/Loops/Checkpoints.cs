using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Training.Loops;

/// <summary>Checkpoints of a run, a folder <c>checkpoints/step-N</c> each; the previous one is kept.</summary>
/// <param name="run">The run's folder.</param>
internal sealed class Checkpoints(string run)
{
    private const int Kept = 2;
    private const string AverageFile = "average.safetensors";
    private readonly StepFolders _folders = new(Path.Combine(run, "checkpoints"));

    /// <summary>Writes everything that the next step depends on.</summary>
    /// <exception cref="UserErrorException">It cannot be written; the checkpoints that are there stay.</exception>
    public void Save(long step, TrainingTask task, OptimizerHelper optimiser)
    {
        try
        {
            _folders.Add(step, draft => Write(draft, task, optimiser));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            string before = Newest() is { } newest ? $"the one after step {newest} is whole: free some space and continue with --resume" : "free some space and start again";
            throw new UserErrorException($"The checkpoint after step {step} cannot be written ({error.Message.TrimEnd('.')}); {before}.", error);
        }
        foreach (long old in _folders.Steps().SkipLast(Kept))
            _folders.Delete(old);
    }

    /// <summary>The newest checkpoint's step; null when there is none.</summary>
    public long? Newest() => _folders.Steps() is [.., var step] ? step : null;

    /// <summary>The oldest checkpoint's step; null when there is none.</summary>
    public long? Oldest() => _folders.Steps() is [var step, ..] ? step : null;

    /// <summary>Restores the state after <paramref name="step"/> steps.</summary>
    /// <exception cref="UserErrorException">The checkpoint does not fit the configuration or is damaged.</exception>
    public void Load(long step, TrainingTask task, OptimizerHelper optimiser)
    {
        string from = _folders[step];
        TensorBag.Load(Path.Combine(from, "network.safetensors"), task.Network);
        LoadAverage(step, task);
        if (task.Head is { } head)
            LoadHead(step, head);
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
    public void LoadHead(long step, nn.Module head) => TensorBag.Load(Path.Combine(_folders[step], "head.safetensors"), head);

    /// <summary>Restores the average network alone.</summary>
    public void LoadAverage(long step, TrainingTask task) => TensorBag.Load(Path.Combine(_folders[step], AverageFile), task.Average);

    /// <summary>The newest checkpoint's step and average network; null when there is none.</summary>
    public (long Step, string File)? NewestAverage() => Newest() is { } step ? (step, Path.Combine(_folders[step], AverageFile)) : null;

    private static void Write(string draft, TrainingTask task, OptimizerHelper optimiser)
    {
        TensorBag.Save(Path.Combine(draft, "network.safetensors"), task.Network);
        TensorBag.Save(Path.Combine(draft, AverageFile), task.Average);
        if (task.Head is { } head)
            TensorBag.Save(Path.Combine(draft, "head.safetensors"), head);
        using var writer = new BinaryWriter(File.Create(Path.Combine(draft, "optimiser.bin")));
        optimiser.save_state_dict(writer);
    }
}
