using Diarizer.Streaming.Scoring;

namespace Diarizer.Streaming.Transcripts.Words;

/// <summary>The turns of one recording, by speaker.</summary>
internal sealed class TurnIndex
{
    /// <exception cref="UserErrorException">There are more speakers than <see cref="TranscriptLimits.MaximumSpeakers"/>.</exception>
    public TurnIndex(IReadOnlyList<SpeakerSegment> turns)
    {
        var speakers = turns.GroupBy(t => t.Speaker).ToList();
        if (speakers.Count > TranscriptLimits.MaximumSpeakers)
            throw new UserErrorException($"The turns name {speakers.Count} speakers, more than {TranscriptLimits.MaximumSpeakers}; check that they are of one recording.");
        Names = [.. speakers.Select(s => s.Key)];
        Speakers = [.. speakers.Select(s => new SpeechTime(s))];
        Anybody = new SpeechTime(turns);
    }

    /// <summary>The speakers' names, in the order of the turns.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>When each of them speaks.</summary>
    public IReadOnlyList<SpeechTime> Speakers { get; }

    /// <summary>When anybody speaks.</summary>
    public SpeechTime Anybody { get; }
}
