using Diarizer.Audio;
using Diarizer.Streaming.Recognition;

namespace Diarizer.Streaming.Speakers;

/// <summary>The speakers of a session as they are known so far, named and not yet named, and which of them are enrolled people.</summary>
internal sealed class OnlineSpeakers
{
    private readonly SpeakerOptions _options;
    private readonly int _dimension;
    private readonly List<SpeakerModel> _models = [];
    private readonly SessionCentre _centre;
    private readonly SpeakerRecognition _recognition;
    private int _lastId;

    public OnlineSpeakers(SpeakerOptions options, RecognitionOptions recognition, int dimension, IReadOnlyList<EnrolledVoice>? enrolled = null)
    {
        (_options, _dimension, _centre) = (options, dimension, new SessionCentre(options, dimension));
        People = new KnownPeople(options.MaximumEnrolled, dimension, enrolled ?? []);
        _recognition = new SpeakerRecognition(recognition, People);
    }

    /// <summary>Everybody who was heard.</summary>
    public IReadOnlyList<SpeakerModel> Models => _models;

    /// <summary>Who is enrolled.</summary>
    public KnownPeople People { get; }

    public void Clear()
    {
        _models.Clear();
        People.IncludeAll();
        _centre.Clear();
        _lastId = 0;
    }

    /// <summary>Takes what was learned since the last time into the session's centre, so that scores of one window compare with each other.</summary>
    public void Recentre() => _centre.Update(_models);

    /// <summary>How well an embedding fits a speaker; see <see cref="SessionCentre.Score"/>.</summary>
    public double Score(SpeakerModel model, ReadOnlySpan<float> embedding, double seconds) => _centre.Score(model, embedding, seconds);

    /// <summary>False for an enrolled person whom a turn does not resemble; see <see cref="SpeakerRecognition.MayBe"/>.</summary>
    public bool MayBe(SpeakerModel speaker, ReadOnlySpan<float> embedding) => _recognition.MayBe(speaker, embedding);

    /// <summary>The speaker with the best score, of those whose the turn may be; <paramref name="current"/> gets the bonus for going on.</summary>
    public (SpeakerModel? Speaker, double Score) Best(ReadOnlySpan<float> embedding, double seconds, SpeakerModel? current)
    {
        SpeakerModel? best = null;
        var bestScore = double.NegativeInfinity;
        foreach (var model in _models)
        {
            var score = Score(model, embedding, seconds) + (model == current ? _options.CurrentSpeakerBonus : 0);
            if (score > bestScore && MayBe(model, embedding))
                (best, bestScore) = (model, score);
        }

        return (best, bestScore);
    }

    /// <summary>Which enrolled person each speaker is by all that was heard so far; without those who are nobody enrolled. What the speakers are called does not change yet.</summary>
    public IReadOnlyDictionary<SpeakerModel, int> Recognise() => _recognition.Assign(_models);

    /// <summary>An enrolled person is a speaker of the session from now on, as if never recognised.</summary>
    public void Anonymise(SpeakerModel speaker) => (speaker.Id, speaker.IsConfirmed) = (NewId(), false);

    /// <summary>The speaker of that number who was heard; null when there is none.</summary>
    public SpeakerModel? Find(int id) => id == 0 ? null : _models.Find(m => m.Id == id);

    /// <summary>Forgets a speaker for the session: an enrolled person is not recognised in it any more.</summary>
    public void Dismiss(SpeakerModel model)
    {
        _models.Remove(model);
        People.Exclude(model.Id);
    }

    /// <summary>An enrolled person whom nobody was recognised as, as a speaker of whom nothing was heard.</summary>
    /// <returns>Null when nobody enrolled has that number.</returns>
    public SpeakerModel? Admit(int person)
    {
        if (!People.Contains(person))
            return null;
        var model = new SpeakerModel(_options, _dimension) { Id = person };
        Add(model);
        return model;
    }

    /// <summary>A model without a name; makes room by forgetting the least established one.</summary>
    /// <param name="now">Where the voice was heard.</param>
    /// <param name="resemblance">Its best score with anybody known; negative infinity when there is nobody.</param>
    public SpeakerModel Create(long now, double resemblance)
    {
        MakeRoom();
        var model = new SpeakerModel(_options, _dimension) { LastSeen = now, Resemblance = resemblance };
        _models.Add(model);
        return model;
    }

    /// <summary>Adds a model that was made outside.</summary>
    public void Add(SpeakerModel model)
    {
        MakeRoom();
        People.Include(model.Id);
        _models.Add(model);
    }

    /// <summary>Forgets who was heard; an enrolled person may be recognised again.</summary>
    public void Remove(SpeakerModel model) => _models.Remove(model);

    /// <summary>The next number for a speaker of the session.</summary>
    public int NewId() => ++_lastId;

    /// <summary>Names a voice once enough certain speech of it was heard, or finds by then that it is somebody named, who takes over what is remembered.</summary>
    /// <returns>The named speaker; null when the voice has a name already or stays unnamed.</returns>
    public SpeakerModel? NameOrMerge(SpeakerModel model)
    {
        if (model.Id != 0 || SampleClock.ToSeconds(model.Speech) < SpeechForName(model) - 1e-9)
            return null;
        if (Namesake(model) is { } somebody)
        {
            somebody.Absorb(model);
            _models.Remove(model);
            return somebody;
        }

        if (!_options.IsSomebody(SampleClock.ToSeconds(model.Speech), model.Probability))
            return null;
        // Recognition is for speakers with a number; an enrolled person leaves it to the next speaker.
        model.Id = _lastId + 1;
        model.Id = Recognise().TryGetValue(model, out int person) && Find(person) is null ? person : NewId();
        return model;
    }

    /// <summary>Calibrated confidence of a score: a logistic.</summary>
    public float Confidence(double score) => (float)(1 / (1 + Math.Exp(-_options.ConfidenceSlope * (score - _options.ConfidenceMidpoint))));

    /// <summary>The named speakers who were heard, by id.</summary>
    public IReadOnlyList<SpeakerSummary> Summaries() =>
        [.. _models.Where(m => m.Id != 0).OrderBy(m => m.Id).Select(m => new SpeakerSummary(m.Id, SampleClock.ToSeconds(m.Speech), m.LastSeen, m.Exemplars.Count))];

    private double SpeechForName(SpeakerModel model) =>
        model.Resemblance <= _options.ClearlyNewScore ? Math.Min(_options.MinimumClearlyNewSpeech, _options.MinimumNewSpeakerSpeech) : _options.MinimumNewSpeakerSpeech;

    // Somebody named whom the voice proves to be.
    private SpeakerModel? Namesake(SpeakerModel model)
    {
        var nearest = _models.Where(m => m.Id != 0 && MayBe(m, model.Mean)).MaxBy(m => Score(m, model.Mean, model.Seconds));
        return nearest is not null && Score(nearest, model.Mean, model.Seconds) >= _options.MergeThreshold ? nearest : null;
    }

    private void MakeRoom()
    {
        if (_models.Count >= _options.Maximum)
            Remove(_models.MinBy(m => (m.Id < 0, m.Id > 0, m.Speech, m.LastSeen))!);
    }
}
