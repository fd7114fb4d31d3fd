using Diarizer.Training.Data.Audio;

namespace Diarizer.Training.Data;

/// <summary>The utterances that there is audio for, and how many are left out.</summary>
/// <param name="Utterances">Those that can be used, cut off where their audio ends.</param>
/// <param name="Missing">Utterances whose audio is missing or broken.</param>
/// <param name="TooShort">Utterances that are shorter than is of use.</param>
internal sealed record UsableUtterances(IReadOnlyList<Utterance> Utterances, int Missing, int TooShort)
{
    /// <param name="shortest">Samples below which an utterance is of no use.</param>
    public static UsableUtterances Of(IEnumerable<Utterance> utterances, IAudioStore audio, int shortest)
    {
        var usable = new List<Utterance>();
        int missing = 0, tooShort = 0;
        foreach (var utterance in utterances)
        {
            if (audio.Available(utterance.FullPath) is not { } available)
            {
                missing++;
                continue;
            }
            int length = (int)Math.Min(utterance.Length, available - utterance.Start);
            if (length < shortest)
                tooShort++;
            else
                usable.Add(length == utterance.Length ? utterance : utterance with { Length = length });
        }
        return new UsableUtterances(usable, missing, tooShort);
    }

    /// <summary>What is left out, for the user; null when nothing is.</summary>
    /// <param name="shortestSeconds">The bound.</param>
    public string? LeftOut(double shortestSeconds)
    {
        var reasons = new List<string>();
        if (Missing > 0)
            reasons.Add($"the audio of {Missing} is missing or broken");
        if (TooShort > 0)
            reasons.Add(FormattableString.Invariant($"{TooShort} {(TooShort == 1 ? "is" : "are")} shorter than {shortestSeconds} s"));
        int all = Utterances.Count + Missing + TooShort;
        return reasons.Count == 0 ? null : $"{Missing + TooShort} of {all} utterances are left out: {string.Join(", ", reasons)}";
    }
}
