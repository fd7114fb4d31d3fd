using Diarizer.Audio;
using Diarizer.Features;
using Diarizer.Training.Data;
using Diarizer.Training.Loops;

namespace Diarizer.Training.VoiceActivity;

/// <summary>Batches of mixtures: features [B, T, mel], targets [B·T] of 0 and 1.</summary>
internal sealed class MixtureBatchMaker(MixtureOptions options, int size, ISceneMaker scenes, LogMel frontEnd, long seed) : IBatchMaker
{
    private readonly float[] _samples = new float[SampleClock.FromSeconds(options.Seconds)];
    private readonly bool[] _labels = new bool[(int)SampleClock.FromSeconds(options.Seconds) / SampleClock.Hop];

    public PreparedBatch Make(long step)
    {
        int frames = frontEnd.FrameCount(_samples.Length);
        var batch = new PreparedBatch(size, frames, frontEnd.Bins, size * frames);
        for (int i = 0; i < size; i++)
        {
            var random = new SeededRandom(seed, step, i);
            scenes.Make(_samples, _labels, ref random);
            frontEnd.Compute(_samples, batch.Sequence(i));
            for (int t = 0; t < frames; t++)
                batch.Targets[i * frames + t] = _labels[t] ? 1 : 0;
        }
        return batch;
    }
}
