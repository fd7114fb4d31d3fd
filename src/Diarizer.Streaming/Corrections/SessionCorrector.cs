using Diarizer.Audio;
using Diarizer.Streaming.Scoring;
using Diarizer.Streaming.Turns;

namespace Diarizer.Streaming.Corrections;

/// <summary>
/// Clusters what is remembered of a session anew and says whose its turns are by that. A voice keeps the number of the speaker with whom it shares most speech
/// (Hungarian matching); what was told of speakers who were two or none falls to the others.
/// </summary>
internal sealed class SessionCorrector(PipelineOptions options)
{
    private readonly VoiceClustering _clustering = new(options.Corrections);

    private readonly long _shortest = SampleClock.FromSeconds(options.Corrections.ShortestPart);
    private readonly long _newSpeaker = SampleClock.FromSeconds(options.Speakers.MinimumNewSpeakerSpeech);

    /// <summary>Says whose the turns are.</summary>
    /// <param name="heard">Windows in order of time; at least one.</param>
    /// <param name="turns">Ended turns.</param>
    public SessionCorrection Correct(IReadOnlyList<Observation> heard, IReadOnlyList<EndedTurn> turns) => Match(Cut(turns, heard, _clustering.Cluster(heard)));

    // Turns with a window whose centre lies in them, cut into pieces of one voice each.
    private List<CutTurn> Cut(IReadOnlyList<EndedTurn> turns, IReadOnlyList<Observation> heard, int[] voices)
    {
        var cut = new List<CutTurn>();
        int next = 0;
        foreach (var turn in turns.Where(t => t.Last.End > t.Last.Start).OrderBy(t => t.Last.Start))
        {
            while (next < heard.Count && heard[next].Window.Centre < turn.Last.Start)
                next++;
            int first = next;
            while (next < heard.Count && heard[next].Window.Centre < turn.Last.End)
                next++;
            if (next > first)
                cut.Add(new CutTurn(turn, TurnPiece.Cut(turn.Last.Start, turn.Last.End, [.. heard.Skip(first).Take(next - first)], voices[first..next], _shortest)));
        }

        return cut;
    }

    private SessionCorrection Match(List<CutTurn> cut)
    {
        int[] voices = [.. cut.SelectMany(c => c.Pieces).Select(p => p.Voice).Distinct().Order()];
        int[] known = [.. cut.Select(c => c.Turn.Last.Speaker.Id).Where(id => id != 0).Distinct().Order()];
        var (common, named, certain) = (new double[voices.Length, known.Length], new double[voices.Length], new Dictionary<(int Voice, int Speaker), long>());
        foreach (var (turn, pieces) in cut)
        {
            int speaker = Array.BinarySearch(known, turn.Last.Speaker.Id);
            foreach (var piece in speaker < 0 ? [] : pieces)
            {
                int voice = Array.BinarySearch(voices, piece.Voice);
                common[voice, speaker] += piece.Length;
                if (turn.IsCertain)
                    certain[(piece.Voice, turn.Last.Speaker.Id)] = certain.GetValueOrDefault((piece.Voice, turn.Last.Speaker.Id)) + piece.Length;
                named[voice] += piece.Length;
            }
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
            else if (named[v] >= _newSpeaker)
                newVoices.Add(voices[v]);
        }

        return new SessionCorrection(cut, speakers, newVoices);
    }
}
