using System.Numerics.Tensors;
using Diarizer.Streaming.Events;

namespace Diarizer.Streaming.Speakers;

/// <summary>What is remembered of one speaker: a bounded set of exemplars and their quality-weighted centroid.</summary>
internal sealed class SpeakerModel(SpeakerOptions options, int dimension, SessionCentre centre)
{
    private readonly List<Exemplar> _exemplars = [];
    private readonly float[] _centroid = new float[dimension];
    private double _probableSpeech;

    /// <summary>Number within the session; 0 while too little was heard to name the speaker.</summary>
    public int Id { get; set; }

    /// <summary>Best score of anybody else when the model was made; -1 when there was nobody.</summary>
    public double Resemblance { get; init; } = -1;

    /// <summary>Samples of speech attributed.</summary>
    public long Speech { get; private set; }

    /// <summary>Mean speech probability over <see cref="Speech"/>.</summary>
    public double Probability => Speech > 0 ? _probableSpeech / Speech : 0;

    /// <summary>Where the speaker was last heard.</summary>
    public long LastSeen { get; set; }

    /// <summary>The last ended turns that wait for this speaker's name; bounded.</summary>
    public List<TurnChanged> UnnamedTurns { get; } = [];

    public int Exemplars => _exemplars.Count;

    public ReadOnlySpan<float> Centroid => _centroid;

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
        UpdateCentroid();
    }

    /// <summary>Takes over what another model of the same person remembers.</summary>
    public void Absorb(SpeakerModel other)
    {
        foreach (var exemplar in other._exemplars)
            Add(exemplar);
        AddSpeech(other.Speech, other.Probability);
        LastSeen = Math.Max(LastSeen, other.LastSeen);
    }

    /// <summary>Mix of the cosine to the centroid and the mean cosine to the nearest exemplars.</summary>
    public double Score(ReadOnlySpan<float> embedding)
    {
        if (_exemplars.Count == 0)
            return -1;
        var toCentroid = centre.Cosine(_centroid, embedding);
        return (options.CentroidWeight * toCentroid) + ((1 - options.CentroidWeight) * NearestMean(embedding));
    }

    private double NearestMean(ReadOnlySpan<float> embedding)
    {
        Span<float> nearest = stackalloc float[Math.Min(options.NearestExemplars, _exemplars.Count)];
        nearest.Fill(float.NegativeInfinity);
        foreach (var exemplar in _exemplars)
        {
            var cosine = centre.Cosine(exemplar.Embedding, embedding);
            for (var i = 0; i < nearest.Length; i++)
            {
                if (cosine > nearest[i])
                    (nearest[i], cosine) = (cosine, nearest[i]);
            }
        }

        return TensorPrimitives.Sum(nearest) / nearest.Length;
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

    private void UpdateCentroid()
    {
        Array.Clear(_centroid);
        foreach (var exemplar in _exemplars)
            TensorPrimitives.MultiplyAdd(exemplar.Embedding, (float)exemplar.Quality, _centroid, _centroid);
        UnitVector.Normalize(_centroid);
    }
}
