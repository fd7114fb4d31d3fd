using Diarizer.Audio;
using Diarizer.Features;
using Diarizer.Training.Data;
using Diarizer.Training.Loops;

namespace Diarizer.Training.Throughput;

/// <summary>Batches of noise: what reading and changing audio costs is left out, what the front end costs is not.</summary>
internal sealed class NoiseBatchMaker(FrontEnd frontEnd, int speakers, int cropsPerSpeaker, double seconds) : IBatchMaker
{
    private readonly float[] _samples = Noise((int)SampleClock.FromSeconds(seconds));

    /// <summary>White noise of a tenth of full scale.</summary>
    public static float[] Noise(int length)
    {
        var random = new SeededRandom(1, length, 0);
        var samples = new float[length];
        foreach (ref float x in samples.AsSpan())
            x = (float)random.Between(-0.1, 0.1);
        return samples;
    }

    public PreparedBatch Make(long step)
    {
        var batch = new PreparedBatch(speakers * cropsPerSpeaker, frontEnd.FrameCount(_samples.Length), frontEnd.Bins, speakers);
        for (int i = 0; i < batch.Sequences; i++)
            frontEnd.Compute(_samples, batch.Sequence(i));
        for (int n = 0; n < speakers; n++)
            batch.Targets[n] = n;
        return batch;
    }
}
