using Diarizer.Streaming.Scoring;

namespace Diarizer.Service.Tuning;

/// <summary>A recording with its truth.</summary>
/// <param name="Name">As in the RTTM: the file's name without its ending.</param>
/// <param name="Path">The audio.</param>
/// <param name="Reference">Who speaks when.</param>
/// <param name="Regions">What is scored; null for all.</param>
internal sealed record TuningRecording(string Name, string Path, IReadOnlyList<SpeakerSegment> Reference, IReadOnlyList<Interval>? Regions)
{
    /// <summary>Whether anybody speaks where it is scored.</summary>
    public bool HasScoredSpeech => Score([]).Speech > 0;

    /// <summary>Errors of a diarization: no collar, overlapped speech counts.</summary>
    public DiarizationErrors Score(IReadOnlyList<SpeakerSegment> hypothesis)
    {
        var uem = Regions is null ? null : new Dictionary<string, IReadOnlyList<Interval>> { [Name] = Regions };
        return DiarizationErrorRate.Score(Reference, hypothesis, uem).GetValueOrDefault(Name);
    }
}
