namespace Diarizer.Training.Loops;

/// <summary>Makes batches. An instance keeps scratch memory and belongs to one thread; what it makes depends on the step alone.</summary>
internal interface IBatchMaker
{
    PreparedBatch Make(long step);
}
