using System.Numerics.Tensors;

namespace Diarizer.Streaming.Speakers;

/// <summary>What is remembered of one speaker: a bounded set of exemplars and their quality-weighted mean.</summary>
internal sealed class SpeakerModel(SpeakerOptions options, int dimension)
{
    private readonly List<Exemplar> _exemplars = [];
    private readonly float[] _mean = new float[dimension];
    private double _probableSpeech;

    /// <summary>Number within the session; 0 while too little was heard to name the speaker, below 0 for a person who was enrolled.</summary>
    public int Id { get; set; }

    /// <summary>True when a command said which enrolled person it is: what is heard later does not change that.</summary>
    public bool IsConfirmed { get; set; }

    /// <summary>Best score of anybody else when the model was made; negative infinity when there was nobody.</summary>
    public double Resemblance { get; init; } = double.NegativeInfinity;

    /// <summary>Samples of speech attributed.</summary>
    public long Speech { get; private set; }

    /// <summary>Mean speech probability over <see cref="Speech"/>.</summary>
    public double Probability => Speech > 0 ? _probableSpeech / Speech : 0;

    /// <summary>Where the speaker was last heard.</summary>
    public long LastSeen { get; set; }

    public IReadOnlyList<Exemplar> Exemplars => _exemplars;

    /// <summary>Mean of the exemplars, weighted by their quality; shorter than a unit vector by what is noise in them.</summary>
    public ReadOnlySpan<float> Mean => _mean;

    /// <summary>Seconds of independent speech that the mean rests on; 0 without exemplars. Windows overlap, so it is less than their sum.</summary>
    public double Seconds { get; private set; }

    /// <summary>Attributes speech; a negative number of samples takes it back.</summary>
    public void AddSpeech(long samples, double probability)
    {
        var after = Math.Max(0, Speech + samples);
        _probableSpeech = Math.Max(0, _probableSpeech + ((after - Speech) * probability));
        Speech = after;
    }

    /// <summary>Remembers an embedding; when full, the least trusted one goes.</summary>
    public void Add(Exemplar exemplar)
    {
        if (_exemplars.Count == options.MaximumExemplars)
        {
            var worst = Worst();
            if (_exemplars[worst].Quality > exemplar.Quality)
                return;
            _exemplars.RemoveAt(worst);
        }

        _exemplars.Add(exemplar);
        UpdateMean();
    }

    /// <summary>Takes over what another model of the same person remembers.</summary>
    public void Absorb(SpeakerModel other)
    {
        foreach (var exemplar in other._exemplars)
            Add(exemplar);
        AddSpeech(other.Speech, other.Probability);
        LastSeen = Math.Max(LastSeen, other.LastSeen);
    }

    /// <summary>Forgets exemplars.</summary>
    public void Remove(Predicate<Exemplar> which)
    {
        if (_exemplars.RemoveAll(which) > 0)
            UpdateMean();
    }

    // The oldest of the worst: the voice and the room drift.
    private int Worst()
    {
        var worst = 0;
        for (var i = 1; i < _exemplars.Count; i++)
        {
            if (_exemplars[i].Quality < _exemplars[worst].Quality)
                worst = i;
        }

        return worst;
    }

    private void UpdateMean()
    {
        Array.Clear(_mean);
        double sum = 0, best = 0;
        foreach (var exemplar in _exemplars)
        {
            TensorPrimitives.MultiplyAdd(exemplar.Embedding, (float)exemplar.Quality, _mean, _mean);
            sum += exemplar.Quality;
            best = Math.Max(best, exemplar.Quality);
        }

        if (sum > 0)
            TensorPrimitives.Divide(_mean, (float)sum, _mean);
        Seconds = Math.Max(best, sum * options.IndependentShare);
    }
}
