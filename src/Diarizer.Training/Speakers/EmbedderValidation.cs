using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Diarizer.Audio;
using Diarizer.Features;
using Diarizer.Networks.Models;
using Diarizer.Training.Data;
using Diarizer.Training.Evaluation;
using Diarizer.Training.Loops;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Diarizer.Training.Speakers;

/// <summary>Equal error rate on the speakers split off: all pairs within each corpus, one crop an utterance. Features are computed once.</summary>
internal sealed class EmbedderValidation(EmbedderValidationOptions options, SpeechLibrary library, FrontEnd frontEnd)
{
    private const int BatchSize = 32;
    private readonly List<PreparedBatch> _batches = [];
    private readonly List<(string Corpus, string Speaker)> _rows = [];

    /// <summary>Where the networks to measure lie.</summary>
    public Device Device { get; set; } = CPU;

    /// <summary>EER over all corpora's scores together, then for each corpus.</summary>
    public IReadOnlyList<(string Name, ModelFigure Figure)> Measure(nn.Module<Tensor, Tensor> network)
    {
        if (_rows.Count == 0)
            Prepare();
        if (_rows.Count == 0)
            return [];
        var embeddings = Embed(network);
        List<float> allTargets = [], allOthers = [];
        var figures = new List<(string, ModelFigure)>();
        foreach (var corpus in Enumerable.Range(0, _rows.Count).GroupBy(i => _rows[i].Corpus))
        {
            List<float> targets = [], others = [];
            int[] rows = [.. corpus];
            for (int i = 0; i < rows.Length; i++)
            {
                for (int j = i + 1; j < rows.Length; j++)
                {
                    float score = TensorPrimitives.Dot<float>(embeddings[rows[i]], embeddings[rows[j]]);
                    (_rows[rows[i]].Speaker == _rows[rows[j]].Speaker ? targets : others).Add(score);
                }
            }
            allTargets.AddRange(targets);
            allOthers.AddRange(others);
            Add($"validationEer.{corpus.Key}", targets, others);
        }
        Add("validationEer", allTargets, allOthers);
        figures.Reverse();
        return figures;

        void Add(string name, List<float> targets, List<float> others)
        {
            if (targets.Count > 0 && others.Count > 0)
                figures.Add((name, new ModelFigure(ErrorRates.EqualErrorRate(CollectionsMarshal.AsSpan(targets), CollectionsMarshal.AsSpan(others)), "speakers split off the training data, pairs within corpora")));
        }
    }

    /// <summary>Reads the crops when they are needed first, so that a run over much data starts at once.</summary>
    private void Prepare()
    {
        var crops = library.Speakers.SelectMany(s => Spread(s.Utterances, options.UtterancesPerSpeaker).Select(u => (Speaker: s, Utterance: u))).ToList();
        var samples = new float[SampleClock.FromSeconds(options.CropSeconds)];
        foreach (var group in crops.Chunk(BatchSize))
        {
            var batch = new PreparedBatch(group.Length, frontEnd.FrameCount(samples.Length), frontEnd.Bins, 0);
            for (int i = 0; i < group.Length; i++)
            {
                var (speaker, utterance) = group[i];
                library.Read(utterance, Math.Max(0, (utterance.Length - samples.Length) / 2), samples);
                frontEnd.Compute(samples, batch.Sequence(i));
                _rows.Add((speaker.Corpus, speaker.Name));
            }
            _batches.Add(batch);
        }
    }

    private List<float[]> Embed(nn.Module<Tensor, Tensor> network)
    {
        using var frozen = no_grad();
        network.eval();
        var rows = new List<float[]>(_rows.Count);
        foreach (var batch in _batches)
        {
            using var scope = NewDisposeScope();
            var output = nn.functional.normalize(network.call(batch.FeatureTensor().to(Device).transpose(1, 2).contiguous())).cpu().contiguous();
            int size = (int)output.shape[1];
            rows.AddRange(MemoryMarshal.Cast<byte, float>(output.bytes).ToArray().Chunk(size));
        }
        return rows;
    }

    private static IEnumerable<Utterance> Spread(IReadOnlyList<Utterance> all, int most)
    {
        int count = Math.Min(all.Count, most);
        return Enumerable.Range(0, count).Select(i => all[(int)((long)i * all.Count / count)]);
    }
}
