using Diarizer.Training.Data;

namespace Diarizer.Training.Saliency;

/// <summary>Draws utterances so that no speaker has more than one more than another, as long as there are any.</summary>
internal static class UtteranceDraw
{
    /// <param name="count">Utterances to draw; all when there are fewer.</param>
    /// <returns>Each with the index of its speaker.</returns>
    public static List<(int Speaker, Utterance Utterance)> Balanced(IReadOnlyList<SpeakerUtterances> speakers, int count, long seed)
    {
        var random = new SeededRandom(seed, speakers.Count, -8);
        int[] order = [.. Enumerable.Range(0, speakers.Count)];
        random.Shuffle<int>(order);
        var piles = new List<(int Speaker, Utterance[] Utterances)>();
        foreach (int speaker in order)
        {
            Utterance[] pile = [.. speakers[speaker].Utterances];
            random.Shuffle<Utterance>(pile);
            piles.Add((speaker, pile));
        }
        var drawn = new List<(int, Utterance)>();
        for (int round = 0; drawn.Count < count && piles.Exists(pile => pile.Utterances.Length > round); round++)
            drawn.AddRange(piles.Where(pile => pile.Utterances.Length > round).Take(count - drawn.Count).Select(pile => (pile.Speaker, pile.Utterances[round])));
        return drawn;
    }
}
