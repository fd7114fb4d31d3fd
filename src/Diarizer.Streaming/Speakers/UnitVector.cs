using System.Numerics.Tensors;

namespace Diarizer.Streaming.Speakers;

/// <summary>Scaling to unit L2 norm.</summary>
internal static class UnitVector
{
    /// <summary>Scales in place; a zero vector stays zero.</summary>
    public static void Normalize(Span<float> vector)
    {
        var norm = TensorPrimitives.Norm(vector);
        if (norm > 0)
            TensorPrimitives.Divide(vector, norm, vector);
    }
}
