using Diarizer.Training.Data;

namespace Diarizer.Training.Sampling;

/// <summary>A crop to be read.</summary>
/// <param name="Utterance">The utterance.</param>
/// <param name="Offset">First sample, counted from the utterance's start.</param>
internal readonly record struct Crop(Utterance Utterance, int Offset);

/// <summary>Chooses the crops of one speaker in a batch: other utterances each, of other sessions where there are any; of a single utterance, disjoint stretches.</summary>
internal static class CropChooser
{
    /// <param name="length">Samples of a crop.</param>
    /// <param name="crops">Gets the crops.</param>
    public static void Choose(SpeakerUtterances speaker, int length, Span<Crop> crops, ref SeededRandom random)
    {
        if (speaker.Utterances.Count == 1)
        {
            Disjoint(speaker.Utterances[0], length, crops, ref random);
            return;
        }
        for (int i = 0; i < crops.Length; i++)
        {
            var utterance = Another(speaker, crops[..i], ref random);
            crops[i] = new Crop(utterance, random.Below(Math.Max(1, utterance.Length - length + 1)));
        }
    }

    /// <summary>A random utterance, avoiding those taken and, if a few tries find one, their sessions.</summary>
    private static Utterance Another(SpeakerUtterances speaker, ReadOnlySpan<Crop> taken, ref SeededRandom random)
    {
        const int Tries = 8;
        Utterance best = speaker.Utterances[random.Below(speaker.Utterances.Count)];
        int bestScore = Novelty(best, taken);
        for (int i = 1; i < Tries && bestScore < 2; i++)
        {
            var candidate = speaker.Utterances[random.Below(speaker.Utterances.Count)];
            int score = Novelty(candidate, taken);
            if (score > bestScore)
                (best, bestScore) = (candidate, score);
        }
        return best;
    }

    private static int Novelty(Utterance utterance, ReadOnlySpan<Crop> taken)
    {
        int score = 2;
        foreach (var crop in taken)
        {
            if (crop.Utterance.Id == utterance.Id)
                return 0;
            if (crop.Utterance.Session == utterance.Session && utterance.Session.Length > 0)
                score = 1;
        }
        return score;
    }

    /// <summary>Spreads the crops over the utterance with random gaps; where it is too short for all, they overlap as little as they must.</summary>
    private static void Disjoint(Utterance utterance, int length, Span<Crop> crops, ref SeededRandom random)
    {
        int room = utterance.Length - length * crops.Length;
        Span<int> gaps = stackalloc int[crops.Length];
        for (int i = 0; i < gaps.Length; i++)
            gaps[i] = random.Below(Math.Max(1, room + 1));
        gaps.Sort();
        int last = Math.Max(0, utterance.Length - length);
        for (int i = 0; i < crops.Length; i++)
            crops[i] = new Crop(utterance, room >= 0 ? gaps[i] + i * length : (int)((long)last * i / Math.Max(1, crops.Length - 1)));
        random.Shuffle(crops);
    }
}
