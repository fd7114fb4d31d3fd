using Diarizer.Audio;

namespace Diarizer.Streaming.Speakers;

/// <summary>The speakers of a session as they are known so far, named and not yet named, and who is known from before.</summary>
internal sealed class OnlineSpeakers(SpeakerOptions options, int dimension, IReadOnlyList<EnrolledVoice>? enrolled = null)
{
    private readonly List<SpeakerModel> _models = [];
    private readonly EnrolledCandidates _enrolled = new(options, dimension, enrolled ?? []);
    private readonly SessionCentre _centre = new(options, dimension);
    private int _lastId;

    /// <summary>Everybody who was heard.</summary>
    public IReadOnlyList<SpeakerModel> Models => _models;

    public EnrolledCandidates Enrolled => _enrolled;

    public void Clear()
    {
        _models.Clear();
        _enrolled.Clear();
        _centre.Clear();
        _lastId = 0;
    }

    /// <summary>Takes what was learned since the last time into the session's centre, so that scores of one window compare with each other.</summary>
    public void Recentre() => _centre.Update(_models);

    /// <summary>How well an embedding fits a speaker; see <see cref="SessionCentre.Score"/>.</summary>
    public double Score(SpeakerModel model, ReadOnlySpan<float> embedding, double seconds) => _centre.Score(model, embedding, seconds);

    /// <summary>
    /// The speaker with the best score; <paramref name="current"/> gets the bonus for going on. Whoever is known from before the session only must reach
    /// <see cref="SpeakerOptions.RecognitionThreshold"/>.
    /// </summary>
    public (SpeakerModel? Speaker, double Score) Best(ReadOnlySpan<float> embedding, double seconds, SpeakerModel? current)
    {
        SpeakerModel? best = null;
        var bestScore = double.NegativeInfinity;
        foreach (var model in _models)
        {
            var score = Score(model, embedding, seconds) + (model == current ? options.CurrentSpeakerBonus : 0);
            if (score > bestScore && (model.Seconds > 0 || score >= options.RecognitionThreshold))
                (best, bestScore) = (model, score);
        }

        return BestEnrolled(embedding, seconds, options.RecognitionThreshold) is { Speaker: not null } known && known.Score > bestScore ? known : (best, bestScore);
    }

    /// <summary>Whom a speaker of the session proves to be; null for nobody enrolled, or while that is not certain.</summary>
    /// <remarks>What the speaker is taken for must not bear witness for itself: the centre leaves them out here.</remarks>
    public (SpeakerModel? Person, double Score) Recognise(SpeakerModel speaker)
    {
        if (speaker.Seconds < options.ReconsiderAfter)
            return default;
        _centre.Update(_models, speaker);
        var best = BestEnrolled(speaker.Mean, speaker.Seconds, options.LateRecognitionThreshold);
        Recentre();
        return best;
    }

    /// <summary>True when what was heard of an enrolled person does not fit them after all.</summary>
    public bool Doubts(SpeakerModel speaker)
    {
        if (speaker.Prior is null || speaker.Seconds < options.ReconsiderAfter)
            return false;
        _centre.Update(_models, speaker);
        var score = Score(new SpeakerModel(options, dimension) { Prior = speaker.Prior }, speaker.Mean, speaker.Seconds);
        var other = BestEnrolled(speaker.Mean, speaker.Seconds, options.LateRecognitionThreshold).Score;
        Recentre();
        return score < options.RejectionThreshold || other > score + options.RecognitionMargin;
    }

    /// <summary>A speaker of the session is the enrolled person from now on.</summary>
    public void Identify(SpeakerModel speaker, SpeakerModel person)
    {
        _enrolled.Take(person);
        (speaker.Id, speaker.Prior) = (person.Id, person.Prior);
    }

    /// <summary>An enrolled person is a speaker of the session from now on, as if never recognised.</summary>
    public void Anonymise(SpeakerModel speaker)
    {
        var person = speaker.Id;
        (speaker.Id, speaker.Prior) = (NewId(), null);
        _enrolled.GiveBack(person);
    }

    /// <summary>The speaker of that number who was heard; null when there is none.</summary>
    public SpeakerModel? Find(int id) => id == 0 ? null : _models.Find(m => m.Id == id);

    /// <summary>Forgets a speaker for the session: an enrolled person is not recognised in it any more.</summary>
    public void Dismiss(SpeakerModel model) => _models.Remove(model);

    /// <summary>Takes an enrolled person among those who were heard; others are there already.</summary>
    public void Admit(SpeakerModel model)
    {
        if (_models.Contains(model))
            return;
        MakeRoom();
        _enrolled.Take(model);
        _models.Add(model);
    }

    /// <summary>A model without a name; makes room by forgetting the least established one.</summary>
    /// <param name="now">Where the voice was heard.</param>
    /// <param name="resemblance">Its best score with anybody known; negative infinity when there is nobody.</param>
    public SpeakerModel Create(long now, double resemblance)
    {
        MakeRoom();
        var model = new SpeakerModel(options, dimension) { LastSeen = now, Resemblance = resemblance };
        _models.Add(model);
        return model;
    }

    /// <summary>Adds a model that was made outside.</summary>
    public void Add(SpeakerModel model)
    {
        MakeRoom();
        _models.Add(model);
    }

    /// <summary>Forgets who was heard; an enrolled person is known from before again.</summary>
    public void Remove(SpeakerModel model)
    {
        _models.Remove(model);
        _enrolled.GiveBack(model.Id);
    }

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
            Admit(somebody);
            somebody.Absorb(model);
            _models.Remove(model);
            return somebody;
        }

        if (!options.IsSomebody(SampleClock.ToSeconds(model.Speech), model.Probability))
            return null;
        model.Id = NewId();
        return model;
    }

    /// <summary>Calibrated confidence of a score: a logistic.</summary>
    public float Confidence(double score) => (float)(1 / (1 + Math.Exp(-options.ConfidenceSlope * (score - options.ConfidenceMidpoint))));

    /// <summary>The named speakers who were heard, by id.</summary>
    public IReadOnlyList<SpeakerSummary> Summaries() =>
        [.. _models.Where(m => m.Id != 0).OrderBy(m => m.Id).Select(m => new SpeakerSummary(m.Id, SampleClock.ToSeconds(m.Speech), m.LastSeen, m.Exemplars.Count))];

    private double SpeechForName(SpeakerModel model) =>
        model.Resemblance <= options.ClearlyNewScore ? Math.Min(options.MinimumClearlyNewSpeech, options.MinimumNewSpeakerSpeech) : options.MinimumNewSpeakerSpeech;

    // Somebody named whom the voice proves to be.
    private SpeakerModel? Namesake(SpeakerModel model)
    {
        var nearest = _models.Where(m => m.Id != 0).MaxBy(m => Score(m, model.Mean, model.Seconds));
        var score = nearest is null ? double.NegativeInfinity : Score(nearest, model.Mean, model.Seconds);
        var (person, personScore) = BestEnrolled(model.Mean, model.Seconds, options.RecognitionThreshold);
        if (person is not null && personScore > score)
            return person;
        return score >= (nearest is { Seconds: 0 } ? options.RecognitionThreshold : options.MergeThreshold) ? nearest : null;
    }

    // The enrolled person, not heard yet, whom a voice fits at least as well as a threshold asks and clearly better than the others: who resembles two people is told
    // to be neither.
    private (SpeakerModel? Speaker, double Score) BestEnrolled(ReadOnlySpan<float> embedding, double seconds, double threshold)
    {
        SpeakerModel? best = null;
        double bestScore = double.NegativeInfinity, second = double.NegativeInfinity;
        foreach (var model in _enrolled.Waiting)
        {
            var score = Score(model, embedding, seconds);
            second = Math.Max(second, Math.Min(score, bestScore));
            if (score > bestScore)
                (best, bestScore) = (model, score);
        }

        return bestScore >= threshold && bestScore - second >= options.RecognitionMargin ? (best, bestScore) : (null, double.NegativeInfinity);
    }

    private void MakeRoom()
    {
        if (_models.Count >= options.Maximum)
            Remove(_models.MinBy(m => (m.Id < 0, m.Id > 0, m.Speech, m.LastSeen))!);
    }
}
