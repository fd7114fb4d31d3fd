using Diarizer.Audio;
using Diarizer.Training.Data;

namespace Diarizer.Training.Sampling;

/// <summary>
/// The batches of one epoch, as lists of classes: a function of (seed, epoch). Every class comes up according to its amount of speech
/// within the configured bounds; no batch holds a speaker twice, at whatever speed.
/// </summary>
internal static class EpochPlan
{
    public static IReadOnlyList<VoiceClass[]> Make(IReadOnlyList<SpeakerUtterances> speakers, SamplingOptions options, long seed, long epoch)
    {
        var random = new SeededRandom(seed, epoch, -1);
        var slots = Slots(speakers, options);
        random.Shuffle<VoiceClass>(slots);
        var pools = new Dictionary<string, List<VoiceClass>>(StringComparer.Ordinal) { [""] = [] };
        var large = speakers.GroupBy(s => s.Corpus).Where(g => g.Count() >= options.Speakers).Select(g => g.Key).ToHashSet();
        foreach (var slot in slots)
        {
            string corpus = speakers[slot.Speaker].Corpus;
            string pool = large.Contains(corpus) && random.Chance(options.SameCorpus) ? corpus : "";
            if (!pools.TryGetValue(pool, out var list))
                pools[pool] = list = [];
            list.Add(slot);
        }
        var batches = pools.Values.SelectMany(pool => Fill(pool, options.Speakers)).ToArray();
        random.Shuffle<VoiceClass[]>(batches);
        return batches;
    }

    private static VoiceClass[] Slots(IReadOnlyList<SpeakerUtterances> speakers, SamplingOptions options)
    {
        double crop = (options.CropSeconds[0] + options.CropSeconds[1]) / 2 * options.CropsPerSpeaker;
        var slots = new List<VoiceClass>();
        for (int speaker = 0; speaker < speakers.Count; speaker++)
        {
            double fits = SampleClock.ToSeconds(speakers[speaker].Samples) / crop;
            int times = (int)Math.Round(Math.Clamp(fits, options.PerEpoch[0], options.PerEpoch[1]));
            for (int speed = 0; speed < options.Speeds.Length; speed++)
                slots.AddRange(Enumerable.Repeat(new VoiceClass(speaker, speed), times));
        }
        return [.. slots];
    }

    /// <summary>Deals a shuffled pool into batches of distinct speakers: each class goes to the first open batch without its speaker.</summary>
    private static List<VoiceClass[]> Fill(List<VoiceClass> pool, int size)
    {
        var done = new List<VoiceClass[]>();
        var open = new LinkedList<(List<VoiceClass> Batch, HashSet<int> Speakers)>();
        foreach (var slot in pool)
        {
            var at = open.First;
            while (at is not null && !at.Value.Speakers.Add(slot.Speaker))
                at = at.Next;
            at ??= open.AddLast(([], [slot.Speaker]));
            at.Value.Batch.Add(slot);
            if (at.Value.Batch.Count < size)
                continue;
            done.Add([.. at.Value.Batch]);
            open.Remove(at);
        }
        return done;
    }
}
