namespace Diarizer.Streaming.Transcripts.Words;

/// <summary>A cue whose words have speakers.</summary>
/// <param name="Cue">The cue.</param>
/// <param name="Words">Its words.</param>
/// <param name="Pieces">What it is written as; more than one where it is split. A list of words has none.</param>
/// <param name="Unknown">What to write for nobody; blank for nothing.</param>
internal sealed record LabelledCue(Cue Cue, SpokenWord[] Words, IReadOnlyList<CuePiece> Pieces, string Unknown)
{
    /// <summary>The label of a word or piece of <paramref name="speaker"/>, or null for none.</summary>
    public string? LabelOf(string? speaker) => speaker ?? (string.IsNullOrWhiteSpace(Unknown) ? null : Unknown);
}

/// <summary>From cues and turns to cues with speakers.</summary>
internal static class CueLabeller
{
    /// <summary>Labels cues in the order of the file.</summary>
    public static IReadOnlyList<LabelledCue> Label(IReadOnlyList<Cue> cues, RecordingTurns turns, LabelOptions options)
    {
        var words = new SpokenWord[cues.Count][];
        // Of each recording and kind apart: a list that repeats the words of the cues does not come after them in time.
        foreach (var sequence in Enumerable.Range(0, cues.Count).GroupBy(i => (cues[i].Recording, cues[i].Kind is CueKind.Repetition)))
        {
            var index = turns.Of(sequence.Key.Recording);
            var speakers = new WordSpeakers(index, options);
            foreach (var i in sequence)
                words[i] = [.. WordTimes.Of(cues[i], index.Anybody).Select(speakers.Next)];
            JitterFilter.Apply([.. sequence.Select(i => words[i])], options.Jitter);
            foreach (var i in sequence)
                new SentenceEnds(cues[i], words[i]).Move(options.SentenceEnd);
        }

        return [.. cues.Select((cue, i) => new LabelledCue(cue, words[i], PiecesOf(cue, words[i], options), options.Unknown))];
    }

    private static IReadOnlyList<CuePiece> PiecesOf(Cue cue, SpokenWord[] words, LabelOptions options) =>
        cue.Kind is CueKind.Cue or CueKind.Whole ? CuePieces.Of(cue, words, options.Split && cue.Kind == CueKind.Cue) : [];
}
