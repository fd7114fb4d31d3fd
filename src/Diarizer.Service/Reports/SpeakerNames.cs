using Diarizer.Streaming.Scoring;

namespace Diarizer.Service.Reports;

/// <summary>Tells of speakers and errors in words.</summary>
internal static class SpeakerNames
{
    /// <summary>The reference speaker whom a hypothesis speaker is taken for; null for nobody.</summary>
    public static int? ReferenceOf(this RecordingErrors recording, int hypothesis)
    {
        for (var r = 0; r < recording.Mapping.Count; r++)
        {
            if (recording.Mapping[r] == hypothesis)
                return r;
        }

        return null;
    }

    /// <summary>What went wrong in a moment.</summary>
    public static string Explain(this RecordingErrors recording, ErrorMoment moment)
    {
        var speaking = Join(moment.Reference.Select(r => recording.ReferenceSpeakers[r].Name));
        var heard = Join(moment.Hypothesis.Select(h =>
            $"{recording.HypothesisSpeakers[h].Name} ({(recording.ReferenceOf(h) is { } r ? "= " + recording.ReferenceSpeakers[r].Name : "nobody")})"));
        return (moment.Reference.Count, moment.Hypothesis.Count) switch
        {
            (_, 0) => $"{speaking} {Verb(moment.Reference.Count, "speaks", "speak")}, nobody was heard",
            (0, _) => $"nobody speaks, {heard} {Verb(moment.Hypothesis.Count, "was", "were")} heard",
            _ => $"{speaking} {Verb(moment.Reference.Count, "speaks", "speak at once")}, {heard} {Verb(moment.Hypothesis.Count, "was", "were")} heard",
        };
    }

    private static string Verb(int count, string one, string several) => count == 1 ? one : several;

    private static string Join(IEnumerable<string> names) => string.Join(" and ", names);
}
