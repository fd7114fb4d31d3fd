using Diarizer.Audio;

namespace Diarizer.Training.Evaluation;

/// <summary>Which parts of an utterance are embedded.</summary>
/// <param name="Seconds">Length of a crop; null for the whole utterance.</param>
/// <param name="Count">
/// 1 for the centre crop, as much of it as there is. More for crops at regular steps from the utterance's start to its end, as in the test of Chung et al. 2020 (ten of 4 s):
/// these have the full length; an utterance that is no longer than that continues at its start and gives one crop, as all ten would be the same.
/// </param>
internal sealed record CropPlan(double? Seconds = null, int Count = 1)
{
    /// <summary>The crops of an utterance.</summary>
    /// <param name="length">Samples of the utterance.</param>
    /// <param name="least">The fewest samples that can be embedded.</param>
    /// <returns>First sample and length of each; what reaches past the end continues at the start.</returns>
    public IReadOnlyList<(int Offset, int Length)> Crops(int length, int least)
    {
        int wanted = Seconds is { } seconds ? (int)SampleClock.FromSeconds(seconds) : length;
        int crop = Math.Max(Count > 1 ? wanted : Math.Min(wanted, length), least);
        int room = Math.Max(0, length - crop);
        return Count == 1 || room == 0
            ? [(room / 2, crop)]
            : [.. Enumerable.Range(0, Count).Select(i => ((int)((long)room * i / (Count - 1)), crop))];
    }
}
