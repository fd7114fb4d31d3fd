using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming.Recognition;

/// <summary>
/// Says who of a session's speakers is which enrolled person: open-set identification, in which nobody is the usual answer. A person is one speaker at most and goes to the one whom they fit best.
/// </summary>
/// <param name="options">Thresholds.</param>
/// <param name="people">Who may be recognised.</param>
internal sealed class SpeakerRecognition(RecognitionOptions options, KnownPeople people)
{
    /// <summary>Whom each speaker is who is somebody. Those whose name was confirmed stay who they are.</summary>
    /// <param name="speakers">The speakers of the session.</param>
    public IReadOnlyDictionary<SpeakerModel, int> Assign(IReadOnlyList<SpeakerModel> speakers)
    {
        var assigned = speakers.Where(s => s.IsConfirmed && s.Id < 0).ToDictionary(s => s, s => s.Id);
        var voices = people.Voices.Where(v => !assigned.ContainsValue(v.Id)).ToList();
        var open = speakers.Where(s => s.Id != 0 && !s.IsConfirmed && s.Seconds > 0)
            .ToDictionary(s => s, s => voices.Select(v => (Person: v.Id, Advantage: Advantage(s, v))).OrderByDescending(v => v.Advantage).ToList());
        while (open.Where(o => IsClear(o.Value)).ToList() is { Count: > 0 } clear)
        {
            var (speaker, ranked) = clear.MaxBy(o => o.Value[0].Advantage);
            int person = ranked[0].Person;
            assigned.Add(speaker, person);
            open.Remove(speaker);
            foreach (var others in open.Values)
                others.RemoveAll(o => o.Person == person);
        }

        return assigned;
    }

    /// <summary>False when a turn resembles the enrolled person much less than the speaker does: it is told of as nobody enrolled then.</summary>
    /// <param name="speaker">Whose turn it would be.</param>
    /// <param name="turn">The turn's mean embedding.</param>
    public bool MayBe(SpeakerModel speaker, ReadOnlySpan<float> turn) =>
        speaker.Id >= 0 || speaker.IsConfirmed || speaker.Seconds <= 0 || people.Find(speaker.Id) is not { } voice || voice.Score(turn) >= options.TurnShare * voice.Score(speaker.Mean);

    private bool IsClear(List<(int Person, double Advantage)> ranked) =>
        ranked.Count > 0 && ranked[0].Advantage >= 0 && (ranked.Count == 1 || ranked[0].Advantage - ranked[1].Advantage >= options.Margin);

    // By how much a speaker fits a person better than needed.
    private double Advantage(SpeakerModel speaker, KnownVoice voice) =>
        voice.Score(speaker.Mean) - options.ThresholdAt(speaker.Seconds) + (speaker.Id == voice.Id ? options.Patience : 0);
}
