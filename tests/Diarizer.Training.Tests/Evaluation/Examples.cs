using Diarizer.Training.Data;
using Diarizer.Training.Evaluation;

namespace Diarizer.Training.Tests.Evaluation;

/// <summary>Scores, embeddings and utterances from formulas, the same as in reference/evaluation.py.</summary>
internal static class Examples
{
    public static float[] Scores(int count, double phase, double shift) =>
        [.. Enumerable.Range(0, count).Select(i => (float)(0.35 * Math.Sin(1.7 * i + phase) + 0.2 * Math.Cos(0.3 * i * i + phase) + shift))];

    /// <summary>Two models' scores of the same 40 and 60 trials.</summary>
    public static ScoredTrials[] TwoModels() =>
        [new(Scores(40, 0.5, 0.55), Scores(60, 2.0, 0)), new(Scores(40, 1.3, 5.0), Scores(60, 0.1, 4.6))];

    /// <summary>Unit vectors [count, size].</summary>
    public static EmbeddingTable Vectors(int count, int size, double phase) => Unit(
        [.. Enumerable.Range(0, count * size).Select(at => (float)(Math.Sin(1.1 * (at / size) + 0.9 * (at % size) * (at % size) + phase) + 0.5 * Math.Cos(0.37 * (at / size) * (at % size))))], size);

    /// <summary>Rows scaled to length 1.</summary>
    public static EmbeddingTable Unit(float[] values, int size) =>
        new EmbeddingTable(values, size).Means([.. Enumerable.Range(0, values.Length / size).Select(row => (int[])[row])]);

    public static Utterance Utterance(string id, string speaker, string corpus = "c", string session = "", string file = "f.wav", int length = 1) =>
        new(id, speaker, corpus, "test", session, file, 0, length);
}
