namespace Diarizer.Streaming.Transcripts.Words;

/// <summary>Counts what labelling did.</summary>
internal static class CueSummary
{
    /// <summary>The summary of all cues.</summary>
    public static LabelSummary Of(TranscriptFormat format, IReadOnlyList<LabelledCue> cues)
    {
        var counted = cues.Where(c => c.Cue.Kind != CueKind.Repetition).ToList();
        var single = counted.Where(c => c.Cue.Kind is CueKind.Cue or CueKind.Whole).ToList();
        // What is written for a piece is what counts: a word that goes with its cue is labelled as the cue is.
        var speakers = new Dictionary<string, int>();
        foreach (var name in counted.SelectMany(SpeakersOf))
            speakers[name] = speakers.GetValueOrDefault(name) + 1;
        var splits = single.Sum(c => Math.Max(0, c.Pieces.Count - 1));
        return new LabelSummary(format, single.Count, splits, counted.Sum(c => c.Words.Length), speakers.Values.Sum(), [.. speakers]);
    }

    private static IEnumerable<string> SpeakersOf(LabelledCue cue) => cue.Pieces.Count > 0
        ? cue.Pieces.SelectMany(p => Enumerable.Repeat(p.Speaker, p.Count)).OfType<string>()
        : cue.Words.Select(w => w.Speaker).OfType<string>();
}
