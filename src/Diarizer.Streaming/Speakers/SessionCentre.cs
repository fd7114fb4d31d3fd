using System.Numerics.Tensors;

namespace Diarizer.Streaming.Speakers;

/// <summary>
/// What all voices of a session have in common (the room, the microphone, the line), and scores that allow for it: one threshold then fits a
/// telephone call and a meeting room.
/// </summary>
/// <remarks>
/// Embeddings are taken as c + s + e: a channel c of the session, a voice s, and noise e whose variance falls with the seconds of speech;
/// each Gaussian, round and centred (the embedder's back-end makes them so). It is the two-covariance model (Brümmer and de Villiers 2010,
/// "The speaker partitioning problem") with a channel on top. Every voice known adds its mean m of n seconds to the posterior of c with the
/// precision 1 / (Vs + Ve / n): a single voice says little about its channel, several say much.
/// </remarks>
internal sealed class SessionCentre
{
    /// <summary>Lower scores count as this one: of two voices that fit badly, the one that fits less badly is no better.</summary>
    private const double LeastScore = -1.5;

    private readonly SpeakerOptions _options;
    private readonly float[] _centre;
    private double _variance;
    private float _power;

    public SessionCentre(SpeakerOptions options, int dimension)
    {
        _options = options;
        _centre = new float[dimension];
        Clear();
    }

    /// <summary>Back to what is known before anybody has spoken.</summary>
    public void Clear()
    {
        Array.Clear(_centre);
        _power = 0;
        _variance = _options.ChannelVariance;
    }

    /// <summary>Estimates the channel anew.</summary>
    /// <param name="models">The voices that were heard.</param>
    public void Update(IReadOnlyList<SpeakerModel> models)
    {
        Array.Clear(_centre);
        var precision = 1 / _options.ChannelVariance;
        foreach (var model in models)
        {
            if (model.Seconds <= 0)
                continue;
            var own = 1 / (_options.VoiceVariance + (_options.NoiseVariance / model.Seconds));
            precision += own;
            TensorPrimitives.MultiplyAdd(model.Mean, (float)own, _centre, _centre);
        }

        TensorPrimitives.Divide(_centre, (float)precision, _centre);
        _power = TensorPrimitives.SumOfSquares(_centre);
        _variance = 1 / precision;
    }

    /// <summary>
    /// Twice the log-likelihood ratio, for each dimension, of "this is the voice of the model" to "this is somebody not yet heard": 0 when
    /// both are as likely, about 0.7 for the model's own voice, about -0.8 for another.
    /// </summary>
    /// <param name="model">The voice asked about.</param>
    /// <param name="embedding">A mean of embeddings of unit norm.</param>
    /// <param name="seconds">Seconds of speech that it rests on; above 0.</param>
    public double Score(SpeakerModel model, ReadOnlySpan<float> embedding, double seconds)
    {
        if (model.Seconds <= 0)
            return double.NegativeInfinity;
        var mean = model.Mean;
        float ofEmbedding = TensorPrimitives.Dot(embedding, _centre), ofMean = TensorPrimitives.Dot(mean, _centre);
        var toCentre = TensorPrimitives.SumOfSquares(embedding) - (2 * ofEmbedding) + _power;
        var spread = TensorPrimitives.SumOfSquares(mean) - (2 * ofMean) + _power;
        var common = TensorPrimitives.Dot(embedding, mean) - ofEmbedding - ofMean + _power;

        // The voice's posterior mean is the part of its deviation from the centre that is not its noise.
        var share = _options.VoiceVariance / (_options.VoiceVariance + (_options.NoiseVariance / model.Seconds));
        var toVoice = toCentre - (2 * share * common) + (share * share * spread);
        var noise = _options.NoiseVariance / seconds;
        var ofVoice = noise + (_options.VoiceVariance * (1 - share)) + ((1 - share) * (1 - share) * _variance);
        var ofStranger = noise + _options.VoiceVariance + _variance;
        return Math.Max(LeastScore, Math.Log(ofStranger / ofVoice) + (toCentre / ofStranger) - (toVoice / ofVoice));
    }
}
