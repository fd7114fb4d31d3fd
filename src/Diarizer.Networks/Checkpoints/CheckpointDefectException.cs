namespace Diarizer.Networks.Checkpoints;

/// <summary>What is wrong with a checkpoint, as a clause that follows "is unusable: "; <see cref="CheckpointFile"/> makes a sentence of it.</summary>
internal sealed class CheckpointDefectException(string what) : Exception(what);
