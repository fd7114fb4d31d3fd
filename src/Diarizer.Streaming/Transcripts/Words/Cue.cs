namespace Diarizer.Streaming.Transcripts.Words;

/// <summary>A stretch of a transcript with times: a cue, a segment, or a list of words.</summary>
/// <param name="Recording">The recording that the file says it is of, or null.</param>
/// <param name="Start">Seconds.</param>
/// <param name="End">Seconds, not before <paramref name="Start"/>.</param>
/// <param name="Words">Its words in order; may be empty.</param>
/// <param name="Kind">What it is to the reader of the file.</param>
internal sealed record Cue(string? Recording, double Start, double End, IReadOnlyList<TranscriptWord> Words, CueKind Kind);

/// <summary>What a <see cref="Cue"/> is.</summary>
internal enum CueKind
{
    /// <summary>One speaker's; may be split.</summary>
    Cue,

    /// <summary>One speaker's; its text cannot be split between its words.</summary>
    Whole,

    /// <summary>Words that have a speaker each.</summary>
    WordList,

    /// <summary>As <see cref="WordList"/>, repeating words of the cues before.</summary>
    Repetition,
}

/// <summary>A word as the transcript gives it.</summary>
/// <param name="Length">Characters.</param>
/// <param name="Start">Seconds, where the transcript says so.</param>
/// <param name="End">Seconds, where the transcript says so.</param>
/// <param name="EndsSentence">Whether it is the last of a sentence, by its punctuation.</param>
internal readonly record struct TranscriptWord(int Length, double? Start = null, double? End = null, bool EndsSentence = false);
