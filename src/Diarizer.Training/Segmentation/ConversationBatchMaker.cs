using Diarizer.Audio;
using Diarizer.Features;
using Diarizer.Networks.Segmentation;
using Diarizer.Training.Conversations;
using Diarizer.Training.Data;
using Diarizer.Training.Loops;

namespace Diarizer.Training.Segmentation;

/// <summary>Batches of windows of conversations: features [B, T, mel], targets [B · output frames] of powerset classes.</summary>
internal sealed class ConversationBatchMaker(SegmentationOptions options, ConversationMaker conversations, LogMel frontEnd, Powerset powerset, long seed) : IBatchMaker
{
    private const long LengthDraw = -2;
    private readonly LocalSpeakers _locals = new(powerset);
    private readonly float[] _samples = new float[SampleClock.FromSeconds(options.Seconds[1])];
    private readonly byte[] _labels = new byte[(int)SampleClock.FromSeconds(options.Seconds[1]) / SampleClock.Hop];

    public PreparedBatch Make(long step)
    {
        var draw = new SeededRandom(seed, step, LengthDraw);
        // In steps of half a second, so that only few shapes occur.
        double seconds = Math.Clamp(Math.Round(draw.Between(options.Seconds[0], options.Seconds[1]) * 2) / 2, options.Seconds[0], options.Seconds[1]);
        var samples = _samples.AsSpan(0, (int)SampleClock.FromSeconds(seconds));
        var labels = _labels.AsSpan(0, samples.Length / SampleClock.Hop);
        int frames = frontEnd.FrameCount(samples.Length), outputs = SegmentationNetwork.OutputFrames(frames);
        var batch = new PreparedBatch(options.Batch, frames, frontEnd.Bins, options.Batch * outputs);
        for (int i = 0; i < options.Batch; i++)
        {
            var random = new SeededRandom(seed, step, i);
            conversations.Make(samples, labels, ref random);
            frontEnd.Compute(samples, batch.Sequence(i));
            _locals.Classify(labels, batch.Targets.AsSpan(i * outputs, outputs));
        }
        return batch;
    }
}
