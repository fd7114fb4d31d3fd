namespace Diarizer.Streaming.Transcripts;

/// <summary>How speakers are put into a transcript.</summary>
public sealed record LabelOptions
{
    /// <summary>
    /// Whose turns to take when there are those of several recordings; null takes those named like the transcript. In a CTM file every line names its
    /// recording, and this replaces that.
    /// </summary>
    public string? Recording { get; init; }

    /// <summary>Seconds between a word outside every turn and the nearest turn up to which the word belongs to it. 0 to 60.</summary>
    public double NearestTurn { get; init; } = 1;

    /// <summary>
    /// Seconds of a speaker's turns within a single word, below which that word stays with the speaker of both its neighbours: turn boundaries and word times
    /// are not exact. 0 to 5.
    /// </summary>
    public double Jitter { get; init; } = 0.25;

    /// <summary>
    /// Seconds by which a change of speaker is moved to the end of a sentence where the transcript has no times of words; 0 moves none. 0 to 5.
    /// </summary>
    public double SentenceEnd { get; init; } = 0.7;

    /// <summary>What is written for words that belong to nobody; where it is blank, nothing.</summary>
    public string Unknown { get; init; } = "unknown";

    /// <summary>Whether a cue or segment is split where the speaker changes inside it; otherwise it gets the speaker of most of its time.</summary>
    public bool Split { get; init; } = true;

    /// <summary>One sentence for each value out of bounds; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var check = new OptionCheck();
        check.Between(nameof(NearestTurn), NearestTurn, 0, 60);
        check.Between(nameof(Jitter), Jitter, 0, 5);
        check.Between(nameof(SentenceEnd), SentenceEnd, 0, 5);
        return check.Messages;
    }
}
