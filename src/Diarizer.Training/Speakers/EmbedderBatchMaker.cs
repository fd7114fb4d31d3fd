using Diarizer.Audio;
using Diarizer.Features;
using Diarizer.Training.Augmentation;
using Diarizer.Training.Data;
using Diarizer.Training.Loops;
using Diarizer.Training.Sampling;

namespace Diarizer.Training.Speakers;

/// <summary>Reads, changes and analyses the crops of a batch: sequences n·M … n·M + M - 1 are of the batch's n-th speaker, target n is its class.</summary>
internal sealed class EmbedderBatchMaker(
    SamplingOptions options, BatchPlanner planner, SpeechLibrary library, AugmentationChain augmentation, FrontEnd frontEnd, long seed) : IBatchMaker
{
    private readonly Speed[] _speeds = [.. options.Speeds.Select(s => new Speed(s))];
    private float[] _input = [], _crop = [], _candidate = [];

    public PreparedBatch Make(long step)
    {
        var random = new SeededRandom(seed, step, -2);
        var voices = planner.Batch(step);
        int m = options.CropsPerSpeaker;
        int frames = Frames(random.Between(options.CropSeconds[0], options.CropSeconds[1]));
        var batch = new PreparedBatch(voices.Length * m, frames, frontEnd.Bins, voices.Length);
        Span<Crop> crops = new Crop[m];
        for (int n = 0; n < voices.Length; n++)
        {
            batch.Targets[n] = planner.ClassOf(voices[n]);
            var own = new SeededRandom(seed, step, n);
            MakeCrops(voices[n], frontEnd.SampleCount(frames), crops, batch, n * m, ref own);
        }
        return batch;
    }

    /// <summary>Makes single sequences of earlier batches again; all batches must have had crops of one length.</summary>
    public PreparedBatch Remake(IReadOnlyList<CropReference> crops)
    {
        int m = options.CropsPerSpeaker;
        int frames = Frames(options.CropSeconds[0]);
        var batch = new PreparedBatch(crops.Count, frames, frontEnd.Bins, crops.Count);
        using var own = new PreparedBatch(m, frames, frontEnd.Bins, 0);
        Span<Crop> places = new Crop[m];
        for (int i = 0; i < crops.Count; i++)
        {
            var random = new SeededRandom(seed, crops[i].Step, crops[i].Row / m);
            batch.Targets[i] = crops[i].Class;
            MakeCrops(planner.VoiceOf(crops[i].Class), frontEnd.SampleCount(frames), places, own, 0, ref random);
            own.Sequence(crops[i].Row % m).CopyTo(batch.Sequence(i));
        }
        return batch;
    }

    private void MakeCrops(VoiceClass voice, int length, Span<Crop> crops, PreparedBatch batch, int at, ref SeededRandom random)
    {
        var speaker = library.Speakers[voice.Speaker];
        var speed = _speeds[voice.Speed];
        int needed = speed.InputLength(length);
        if (_input.Length < needed || _crop.Length < length)
            (_input, _candidate, _crop) = (new float[needed], new float[needed], new float[length]);
        CropChooser.Choose(speaker, needed, crops, ref random);
        for (int i = 0; i < crops.Length; i++)
        {
            var input = _input.AsSpan(0, needed);
            library.Read(crops[i].Utterance, crops[i].Offset, input);
            TryOtherPlaces(crops[i].Utterance, input, speaker.Utterances.Count > 1, ref random);
            var crop = _crop.AsSpan(0, length);
            speed.Apply(input, crop);
            augmentation.Apply(crop, speaker.Name, ref random);
            frontEnd.Compute(crop, batch.Sequence(at + i));
        }
    }

    /// <summary>Replaces a crop by a louder one of the same utterance; not where the crops of a single utterance are to stay disjoint.</summary>
    private void TryOtherPlaces(Utterance utterance, Span<float> input, bool free, ref SeededRandom random)
    {
        if (!free || utterance.Length < input.Length * 5 / 4)
            return;
        float power = Level.Power(input);
        var candidate = _candidate.AsSpan(0, input.Length);
        for (int i = 1; i < options.Places; i++)
        {
            library.Read(utterance, random.Below(utterance.Length - input.Length + 1), candidate);
            if (Level.Power(candidate) <= power * 2)
                continue;
            candidate.CopyTo(input);
            power = Level.Power(candidate);
        }
    }

    /// <summary>Frames of a crop in steps of a tenth of a second, so that only few shapes occur.</summary>
    private int Frames(double seconds) => frontEnd.FrameCount((int)SampleClock.FromSeconds(Math.Round(seconds * 10) / 10));
}
