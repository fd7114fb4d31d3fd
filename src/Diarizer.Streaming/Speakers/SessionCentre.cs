using System.Numerics.Tensors;

namespace Diarizer.Streaming.Speakers;

/// <summary>
/// What all voices of a session have in common: the room, the microphone, the line. It is estimated from the speakers known so far and taken
/// off before cosines are compared, so that one threshold fits a telephone call and a meeting room.
/// </summary>
/// <remarks>
/// With K speakers whose centroids are m_k = s_k + c, independent Gaussian s_k and c, the posterior mean of c is K / (K + κ) times the
/// mean of the m_k, where κ is the ratio of the variances of s and c: a single voice says little about its channel, several say much.
/// </remarks>
internal sealed class SessionCentre(double shrinkage, int dimension)
{
    private readonly float[] _centre = new float[dimension];
    private float _power;

    public void Clear()
    {
        Array.Clear(_centre);
        _power = 0;
    }

    /// <summary>Estimates it anew.</summary>
    public void Update(IReadOnlyList<SpeakerModel> models)
    {
        Clear();
        if (shrinkage >= SpeakerOptions.NoCentring)
            return;
        foreach (var model in models)
            TensorPrimitives.Add(_centre, model.Centroid, _centre);
        TensorPrimitives.Divide(_centre, (float)(models.Count + shrinkage), _centre);
        _power = TensorPrimitives.SumOfSquares(_centre);
    }

    /// <summary>Cosine of two vectors of unit norm after the centre is taken off both.</summary>
    public float Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var product = TensorPrimitives.Dot(a, b);
        if (_power == 0)
            return product;
        float ofA = TensorPrimitives.Dot(a, _centre), ofB = TensorPrimitives.Dot(b, _centre);
        var powers = Math.Max(1e-6f, 1 - (2 * ofA) + _power) * Math.Max(1e-6f, 1 - (2 * ofB) + _power);
        return (product - ofA - ofB + _power) / MathF.Sqrt(powers);
    }
}
