using Diarizer.Audio;

namespace Diarizer.Streaming.Speakers;

/// <summary>The speakers of a session as they are known so far, named and not yet named.</summary>
internal sealed class OnlineSpeakers(SpeakerOptions options, int dimension)
{
    private readonly List<SpeakerModel> _models = [];
    private readonly SessionCentre _centre = new(options, dimension);
    private int _lastId;

    public IReadOnlyList<SpeakerModel> Models => _models;

    public void Clear()
    {
        _models.Clear();
        _centre.Clear();
        _lastId = 0;
    }

    /// <summary>Takes what was learned since the last time into the session's centre, so that scores of one window compare with each other.</summary>
    public void Recentre() => _centre.Update(_models);

    /// <summary>How well an embedding fits a speaker; see <see cref="SessionCentre.Score"/>.</summary>
    public double Score(SpeakerModel model, ReadOnlySpan<float> embedding, double seconds) => _centre.Score(model, embedding, seconds);

    /// <summary>The speaker with the best score; <paramref name="current"/> gets the bonus for going on.</summary>
    public (SpeakerModel? Speaker, double Score) Best(ReadOnlySpan<float> embedding, double seconds, SpeakerModel? current)
    {
        SpeakerModel? best = null;
        var bestScore = double.NegativeInfinity;
        foreach (var model in _models)
        {
            var score = Score(model, embedding, seconds) + (model == current ? options.CurrentSpeakerBonus : 0);
            if (score > bestScore)
                (best, bestScore) = (model, score);
        }

        return (best, bestScore);
    }

    /// <summary>A model without a name; makes room by forgetting the least established one.</summary>
    /// <param name="now">Where the voice was heard.</param>
    /// <param name="resemblance">Its best score with anybody known; negative infinity when there is nobody.</param>
    public SpeakerModel Create(long now, double resemblance)
    {
        if (_models.Count >= options.Maximum)
            _models.Remove(_models.MinBy(m => (m.Id > 0, m.Speech, m.LastSeen))!);
        var model = new SpeakerModel(options, dimension) { LastSeen = now, Resemblance = resemblance };
        _models.Add(model);
        return model;
    }

    /// <summary>Names a voice once enough certain speech of it was heard, or finds by then that it is somebody named, who takes over what is remembered.</summary>
    /// <returns>The named speaker; null when the voice has a name already or stays unnamed.</returns>
    public SpeakerModel? NameOrMerge(SpeakerModel model)
    {
        if (model.Id > 0 || SampleClock.ToSeconds(model.Speech) < SpeechForName(model) - 1e-9)
            return null;
        var nearest = _models.Where(m => m.Id > 0).MaxBy(m => Score(m, model.Mean, model.Seconds));
        if (nearest is not null && Score(nearest, model.Mean, model.Seconds) >= options.MergeThreshold)
        {
            nearest.Absorb(model);
            _models.Remove(model);
            return nearest;
        }

        if (model.Probability < options.MinimumNewSpeakerProbability)
            return null;
        model.Id = ++_lastId;
        return model;
    }

    private double SpeechForName(SpeakerModel model) =>
        model.Resemblance <= options.ClearlyNewScore ? Math.Min(options.MinimumClearlyNewSpeech, options.MinimumNewSpeakerSpeech) : options.MinimumNewSpeakerSpeech;

    /// <summary>Calibrated confidence of a score: a logistic.</summary>
    public float Confidence(double score) => (float)(1 / (1 + Math.Exp(-options.ConfidenceSlope * (score - options.ConfidenceMidpoint))));

    /// <summary>The named speakers, by id.</summary>
    public IReadOnlyList<SpeakerSummary> Summaries() =>
        [.. _models.Where(m => m.Id > 0).OrderBy(m => m.Id).Select(m => new SpeakerSummary(m.Id, SampleClock.ToSeconds(m.Speech), m.LastSeen, m.Exemplars))];
}
