using Diarizer.Training.Configuration;
using Diarizer.Training.Data;
using Diarizer.Training.Segmentation;
using Diarizer.Training.Speakers;
using Diarizer.Training.VoiceActivity;

namespace Diarizer.Training.Loops;

/// <summary>Makes the task that a configuration describes.</summary>
internal static class TrainingTasks
{
    public static TrainingTask Create(RunOptions run, TrainingData data) =>
        run.Embedder is not null ? new EmbedderTask(run, data)
        : run.Segmentation is not null ? new SegmentationTask(run, data)
        : new VoiceActivityTask(run, data);
}
