namespace Diarizer.Networks.Checkpoints;

/// <summary>A dictionary of a checkpoint that holds tensors.</summary>
/// <param name="Path">The keys that lead to it, joined by dots; empty for the checkpoint's own.</param>
/// <param name="Tensors">Its tensors by name, in its order.</param>
public sealed record StateDictionary(string Path, IReadOnlyDictionary<string, CheckpointTensor> Tensors);
