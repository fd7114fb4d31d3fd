namespace Diarizer.Streaming.Transcripts;

/// <summary>What labelling did.</summary>
/// <param name="Format">Format of the transcript.</param>
/// <param name="Cues">Cues or segments that were read; 0 for a list of words.</param>
/// <param name="Splits">Changes of speaker inside cues: so many more cues were written than read.</param>
/// <param name="Words">Words that were read.</param>
/// <param name="Labelled">Words that a speaker was found for.</param>
/// <param name="Speakers">Words of each speaker, by first appearance.</param>
public sealed record LabelSummary(TranscriptFormat Format, int Cues, int Splits, int Words, int Labelled, IReadOnlyList<KeyValuePair<string, int>> Speakers)
{
    /// <summary>Words that nobody was found for.</summary>
    public int Unknown => Words - Labelled;
}
