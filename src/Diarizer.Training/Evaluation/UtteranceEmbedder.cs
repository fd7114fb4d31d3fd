using Diarizer.Audio;
using Diarizer.Networks.Inference;
using Diarizer.Training.Data;

namespace Diarizer.Training.Evaluation;

/// <summary>Embeds utterances of a manifest: the centre crop of long ones, short ones repeated to the shortest window that the model takes.</summary>
/// <param name="embedder">The model.</param>
/// <param name="library">The audio.</param>
/// <param name="cropSeconds">Length of the crop; null for whole utterances.</param>
internal sealed class UtteranceEmbedder(ISpeakerEmbedder embedder, SpeechLibrary library, double? cropSeconds)
{
    /// <summary>Utterances embedded together; bounds the memory.</summary>
    private const int Group = 64;

    /// <summary>Gives groups of embeddings [n, D] in the order of the utterances.</summary>
    public IEnumerable<float[]> Embed(IEnumerable<Utterance> utterances)
    {
        foreach (var group in utterances.Chunk(Group))
        {
            var windows = group.Select(Window).ToList();
            var embeddings = new float[group.Length * embedder.Dimension];
            embedder.Embed(windows, embeddings);
            yield return embeddings;
        }
    }

    private ReadOnlyMemory<float> Window(Utterance utterance)
    {
        int most = cropSeconds is { } seconds ? (int)SampleClock.FromSeconds(seconds) : utterance.Length;
        int length = Math.Max(Math.Min(utterance.Length, most), embedder.MinimumSamples);
        var samples = new float[length];
        library.Read(utterance, Math.Max(0, (utterance.Length - length) / 2), samples);
        return samples;
    }
}
