using System.Numerics.Tensors;
using Diarizer.Training.Data;

namespace Diarizer.Training.Evaluation;

/// <summary>Speaker verification by cosine: pairs drawn within each corpus, figures for each and for all scores together.</summary>
internal static class VerificationTest
{
    public const string Pooled = "pooled";

    /// <param name="utterances">The utterances, row by row.</param>
    /// <param name="embeddings">Unit embeddings [N, D].</param>
    /// <param name="pairs">Pairs of each kind in a corpus.</param>
    /// <exception cref="UserErrorException">No corpus has pairs of both kinds.</exception>
    public static IReadOnlyList<VerificationResult> Run(IReadOnlyList<Utterance> utterances, float[] embeddings, int pairs, long seed)
    {
        int size = embeddings.Length / Math.Max(1, utterances.Count);
        var results = new List<VerificationResult>();
        List<float> allTargets = [], allOthers = [];
        foreach (var corpus in utterances.Select((u, row) => (Row: row, Utterance: u)).GroupBy(r => r.Utterance.Corpus).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var rows = corpus.ToArray();
            var drawn = TrialPairs.Draw(rows, pairs, seed);
            if (drawn.Targets.Count == 0 || drawn.Others.Count == 0)
                continue;
            float[] targets = [.. drawn.Targets.Select(Score)], others = [.. drawn.Others.Select(Score)];
            results.Add(VerificationResult.Of(corpus.Key, rows.Length, rows.Select(r => r.Utterance.Speaker).Distinct().Count(), targets, others));
            allTargets.AddRange(targets);
            allOthers.AddRange(others);
        }
        if (results.Count == 0)
            throw new UserErrorException("No corpus has two speakers and a speaker with two utterances (of different sessions, where sessions are given); choose another split.");
        results.Add(VerificationResult.Of(Pooled, results.Sum(r => r.Utterances), results.Sum(r => r.Speakers), [.. allTargets], [.. allOthers]));
        return results;

        float Score((int A, int B) pair) => TensorPrimitives.Dot<float>(embeddings.AsSpan(pair.A * size, size), embeddings.AsSpan(pair.B * size, size));
    }
}
