using System.Numerics.Tensors;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming.Recognition;

/// <summary>The voice of an enrolled person as one direction: the mean of the recordings' means, each as long as the others, so that no microphone counts more than another.</summary>
/// <param name="voice">Samples; at least one.</param>
internal sealed class KnownVoice(EnrolledVoice voice)
{
    private readonly float[] _direction = DirectionOf(voice);

    /// <summary>Number of the person, below 0.</summary>
    public int Id => voice.Id;

    /// <summary>Cosine with the mean of what was heard, x·y / (|x| |y|): the scoring of Dehak et al. 2011 ("Front-end factor analysis for speaker verification"); from -1 to 1.</summary>
    /// <remarks>
    /// Likelihood ratios in the voice space that corrections use were worse across rooms, on people whom the embedder has not heard: the space knows how a voice varies within a recording only.
    /// </remarks>
    /// <param name="mean">A mean of embeddings, not zero.</param>
    public double Score(ReadOnlySpan<float> mean) => TensorPrimitives.CosineSimilarity(mean, _direction);

    private static float[] DirectionOf(EnrolledVoice voice)
    {
        var direction = new float[voice.Samples[0].Embedding.Length];
        foreach (var recording in voice.Samples.GroupBy(s => s.Recording))
        {
            var mean = new float[direction.Length];
            foreach (var sample in recording)
                TensorPrimitives.MultiplyAdd(sample.Embedding, (float)sample.Quality, mean, mean);
            TensorPrimitives.MultiplyAdd(mean, 1 / TensorPrimitives.Norm<float>(mean), direction, direction);
        }

        return direction;
    }
}
