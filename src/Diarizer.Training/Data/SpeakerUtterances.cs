namespace Diarizer.Training.Data;

/// <summary>A speaker with everything that is there of the voice.</summary>
internal sealed record SpeakerUtterances(string Name, string Corpus, IReadOnlyList<Utterance> Utterances)
{
    /// <summary>Samples of all utterances together.</summary>
    public long Samples { get; } = Utterances.Sum(u => (long)u.Length);

    /// <summary>Groups utterances by speaker, in order of name so that class numbers do not depend on the order of rows.</summary>
    public static IReadOnlyList<SpeakerUtterances> Group(IEnumerable<Utterance> utterances) =>
        [.. utterances.GroupBy(u => u.Speaker).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new SpeakerUtterances(g.Key, g.First().Corpus, [.. g]))];
}
