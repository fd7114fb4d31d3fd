using Diarizer.Audio;
using Diarizer.Networks.Voices;
using Diarizer.Streaming.LocalSpeakers;
using Diarizer.Streaming.Scoring;
using Diarizer.Streaming.Turns;

namespace Diarizer.Streaming.Corrections;

/// <summary>
/// Clusters what is remembered of a session anew and says who talks when by that: by the segmentation network where it listened, else by the turns, cut where the
/// voice changes. A voice keeps the number of the speaker with whom it shares most speech (Hungarian matching); what was told of speakers who were two or
/// none falls to the others.
/// </summary>
/// <param name="options">Thresholds.</param>
/// <param name="space">Where voices are told apart.</param>
internal sealed class SessionCorrector(PipelineOptions options, VoiceSpace space)
{
    private readonly VoiceClustering _clustering = new(options.Corrections, space);

    private readonly long _shortest = SampleClock.FromSeconds(options.Corrections.ShortestPart);
    private readonly long _newSpeaker = SampleClock.FromSeconds(options.Speakers.MinimumNewSpeakerSpeech);

    /// <summary>Says whose the turns are.</summary>
    /// <param name="from">First sample from which all is known that was heard; of turns before, it is only said whose they are.</param>
    /// <param name="heard">Windows in order of time; at least one.</param>
    /// <param name="turns">Ended turns.</param>
    /// <param name="activity">What the segmentation network heard from there on, in order of time; empty where there is none.</param>
    /// <param name="most">Most windows of the first guess.</param>
    public SessionCorrection Correct(long from, IReadOnlyList<Observation> heard, IReadOnlyList<EndedTurn> turns, IReadOnlyList<LocalActivity> activity, int most)
    {
        int[] voices = _clustering.Cluster(heard, most);
        var earlier = Attribute([.. turns.Where(t => t.Last.Start < from)], heard, voices);
        var segments = activity.Count == 0 ? Cut([.. turns.Where(t => t.Last.Start >= from)], heard, voices) : Decode(from, activity, heard, voices);
        return Match(segments, earlier, heard, voices, turns);
    }

    // Turns with windows whose centres lie in them, each the voice's whom most of these windows are.
    private static List<(VoiceSegment, EndedTurn)> Attribute(IReadOnlyList<EndedTurn> turns, IReadOnlyList<Observation> heard, int[] voices)
    {
        var found = new List<(VoiceSegment, EndedTurn)>();
        var seconds = new Dictionary<int, double>();
        int next = 0;
        foreach (var turn in turns.Where(t => t.Last.End > t.Last.Start).OrderBy(t => t.Last.Start))
        {
            while (next < heard.Count && heard[next].Window.Centre < turn.Last.Start)
                next++;
            seconds.Clear();
            for (int i = next; i < heard.Count && heard[i].Window.Centre < turn.Last.End; i++)
                seconds[voices[i]] = seconds.GetValueOrDefault(voices[i]) + heard[i].Seconds;
            if (seconds.Count > 0)
                found.Add((new VoiceSegment(seconds.MaxBy(v => v.Value).Key, turn.Last.Start, turn.Last.End), turn));
        }

        return found;
    }

    private List<VoiceSegment> Decode(long from, IReadOnlyList<LocalActivity> activity, IReadOnlyList<Observation> heard, int[] voices)
    {
        var decoder = new ActivityDecoder(options.Segmentation, activity[0].FrameSamples);
        var segments = new List<VoiceSegment>();
        for (int first = 0, next; first < activity.Count; first = next)
        {
            next = first + 1;
            while (next < activity.Count && activity[next].Start <= activity[next - 1].End)
                next++;
            segments.AddRange(decoder.Decode(VoiceActivityMap.Of([.. activity.Skip(first).Take(next - first)], heard, voices)));
        }

        return [.. segments.Select(s => s with { Start = Math.Max(s.Start, from) }).Where(s => s.Length > 0)];
    }

    // The parts of the turns with a window whose centre lies in them.
    private List<VoiceSegment> Cut(IReadOnlyList<EndedTurn> turns, IReadOnlyList<Observation> heard, int[] voices)
    {
        var segments = new List<VoiceSegment>();
        int next = 0;
        foreach (var turn in turns.Where(t => t.Last.End > t.Last.Start).OrderBy(t => t.Last.Start))
        {
            while (next < heard.Count && heard[next].Window.Centre < turn.Last.Start)
                next++;
            int first = next;
            while (next < heard.Count && heard[next].Window.Centre < turn.Last.End)
                next++;
            if (next > first)
                segments.AddRange(TurnPieces.Cut(turn.Last.Start, turn.Last.End, [.. heard.Skip(first).Take(next - first)], voices[first..next], _shortest));
        }

        return segments;
    }

    private SessionCorrection Match(List<VoiceSegment> segments, List<(VoiceSegment Segment, EndedTurn Turn)> earlier, IReadOnlyList<Observation> heard, int[] labels, IReadOnlyList<EndedTurn> turns)
    {
        int[] voices = [.. segments.Concat(earlier.Select(e => e.Segment)).Select(s => s.Voice).Distinct().Order()];
        int[] known = [.. turns.Select(t => t.Last.Speaker.Id).Where(id => id != 0).Distinct().Order()];
        var (common, named, certain) = (new double[voices.Length, known.Length], new double[voices.Length], new Dictionary<(int Voice, int Speaker), long>());
        var shares = Pairs(segments, turns).Concat(earlier.Select(e => (e.Segment, e.Turn, Common: e.Segment.Length)));
        foreach (var (segment, turn, shared) in shares.Where(p => p.Turn.Last.Speaker.Id != 0))
        {
            int voice = Array.BinarySearch(voices, segment.Voice);
            common[voice, Array.BinarySearch(known, turn.Last.Speaker.Id)] += shared;
            if (turn.IsCertain)
                certain[(segment.Voice, turn.Last.Speaker.Id)] = certain.GetValueOrDefault((segment.Voice, turn.Last.Speaker.Id)) + shared;
            named[voice] += shared;
        }

        var (speakers, newVoices) = (new Dictionary<int, int>(), new HashSet<int>());
        // Whom a command made one speaker may have two voices: they stay with that speaker, and nobody else is matched with them.
        foreach (var voice in certain.GroupBy(c => c.Key.Voice))
            speakers.Add(voice.Key, voice.MaxBy(c => c.Value).Key.Speaker);
        for (int v = 0; v < voices.Length; v++)
        {
            for (int k = 0; k < known.Length; k++)
            {
                if (speakers.ContainsKey(voices[v]) || speakers.ContainsValue(known[k]))
                    common[v, k] = 0;
            }
        }

        int[] matched = known.Length == 0 ? [] : LinearAssignment.Maximize(common);
        for (int v = 0; v < matched.Length; v++)
        {
            if (speakers.ContainsKey(voices[v]))
                continue;
            if (matched[v] >= 0 && common[v, matched[v]] > 0)
                speakers.Add(voices[v], known[matched[v]]);
            else if (named[v] >= _newSpeaker || IsSomebody(voices[v], segments, heard, labels))
                newVoices.Add(voices[v]);
        }

        return new SessionCorrection(segments, earlier, labels, speakers, newVoices);
    }

    // Nobody was named live, but all in all enough was heard.
    private bool IsSomebody(int voice, List<VoiceSegment> segments, IReadOnlyList<Observation> heard, int[] labels)
    {
        double seconds = SampleClock.ToSeconds(segments.Where(s => s.Voice == voice).Sum(s => s.Length)), sum = 0, weight = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] == voice)
                (sum, weight) = (sum + (heard[i].Seconds * heard[i].Window.Probability), weight + heard[i].Seconds);
        }

        return seconds >= options.Speakers.MinimumNewSpeakerSpeech && weight > 0 && options.Speakers.IsSomebody(seconds, sum / weight);
    }

    /// <summary>Segments and turns that have something in common, and how many samples.</summary>
    internal static IEnumerable<(VoiceSegment Segment, EndedTurn Turn, long Common)> Pairs(IEnumerable<VoiceSegment> segments, IReadOnlyList<EndedTurn> turns)
    {
        var inOrder = turns.Where(t => t.Last.End > t.Last.Start).OrderBy(t => t.Last.Start).ToList();
        long longest = inOrder.Count == 0 ? 0 : inOrder.Max(t => t.Last.End - t.Last.Start);
        int first = 0;
        foreach (var segment in segments.OrderBy(s => s.Start))
        {
            while (first < inOrder.Count && inOrder[first].Last.Start + longest <= segment.Start)
                first++;
            for (int i = first; i < inOrder.Count && inOrder[i].Last.Start < segment.End; i++)
            {
                if (segment.Common(inOrder[i].Last.Start, inOrder[i].Last.End) is > 0 and var common)
                    yield return (segment, inOrder[i], common);
            }
        }
    }
}
