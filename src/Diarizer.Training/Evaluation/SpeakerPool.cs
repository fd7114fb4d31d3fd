using Diarizer.Training.Data;

namespace Diarizer.Training.Evaluation;

/// <summary>
/// A corpus's utterances by speaker, and which of them make a pair. Where speakers of the corpus have several sessions, the two utterances of a pair come from different ones, so that the
/// line cannot give the speaker away; where each has only one, from any.
/// </summary>
internal sealed class SpeakerPool
{
    private readonly bool _sessions;

    /// <param name="rows">The utterances with their row numbers.</param>
    public SpeakerPool(IReadOnlyList<(int Row, Utterance Utterance)> rows)
    {
        Speakers = [.. rows.GroupBy(r => r.Utterance.Speaker).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.ToArray())];
        _sessions = Speakers.Any(s => CanPair(s, sessions: true));
        Able = [.. Speakers.Where(s => CanPair(s, _sessions))];
    }

    /// <summary>The utterances of each speaker, in order of name.</summary>
    public IReadOnlyList<(int Row, Utterance Utterance)[]> Speakers { get; }

    /// <summary>Those with a pair.</summary>
    public IReadOnlyList<(int Row, Utterance Utterance)[]> Able { get; }

    /// <summary>Whether two utterances of a speaker make a pair.</summary>
    public bool IsPair((int Row, Utterance Utterance) a, (int Row, Utterance Utterance) b) =>
        a.Row != b.Row && (!_sessions || a.Utterance.Session != b.Utterance.Session);

    /// <summary>Draws a pair of a speaker who has one.</summary>
    public ((int Row, Utterance Utterance) A, (int Row, Utterance Utterance) B) Pair((int Row, Utterance Utterance)[] own, ref SeededRandom random)
    {
        while (true)
        {
            var (a, b) = (own[random.Below(own.Length)], own[random.Below(own.Length)]);
            if (IsPair(a, b))
                return (a, b);
        }
    }

    private static bool CanPair((int Row, Utterance Utterance)[] own, bool sessions) =>
        sessions ? own.Select(r => r.Utterance.Session).Distinct().Count() > 1 : own.Length > 1;
}
