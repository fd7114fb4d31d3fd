using Diarizer.Features;
using Diarizer.Training.Configuration;
using Diarizer.Training.Data.Audio;

namespace Diarizer.Training.Data;

/// <summary>Utterances whose audio is not looked at yet.</summary>
/// <param name="Utterances">In the order of their source.</param>
/// <param name="Cache">Where decoded audio lies.</param>
internal sealed record SpeechSource(IReadOnlyList<Utterance> Utterances, PcmCache Cache)
{
    /// <summary>Takes the silence out of every utterance; null to leave them as they are.</summary>
    public SilenceOptions? RemoveSilence { get; init; }

    /// <summary>Makes the audio of some utterances readable.</summary>
    /// <returns>The same utterances in the same order, none longer than its audio, and the audio.</returns>
    /// <exception cref="UserErrorException">One of them has no audio.</exception>
    public (IReadOnlyList<Utterance> Utterances, SpeechLibrary Library) Decode(IReadOnlyList<Utterance> chosen, CancellationToken cancellation)
    {
        var audio = AudioStores.Open(chosen, new DataOptions().DecodeFirstHours, Cache, Console.Error.WriteLine, cancellation);
        var usable = UsableUtterances.Of(chosen, audio, 1);
        if (usable.Utterances.Count < chosen.Count)
            throw new UserErrorException($"{chosen.Count - usable.Utterances.Count} of {chosen.Count} utterances have no audio; correct the manifest, since every row must get its embedding.");
        if (RemoveSilence is null)
            return (usable.Utterances, new SpeechLibrary([], audio));
        var (speech, speechAudio) = SpeechOnlyAudio.Of(usable.Utterances, audio, RemoveSilence);
        return (speech, new SpeechLibrary([], speechAudio));
    }
}
