using System.Numerics.Tensors;
using Diarizer.Streaming.Clustering;
using Diarizer.Streaming.Turns;

namespace Diarizer.Streaming.Corrections;

/// <summary>Tells the voices of all windows of a session apart: agglomerative clustering for a first guess, a <see cref="VariationalHmm"/> on it, ghosts removed.</summary>
internal sealed class VoiceClustering(CorrectionOptions options)
{
    /// <summary>Shorter windows say too little for the first guess; they go to the nearest cluster.</summary>
    private const double LongEnough = 0.8;

    /// <summary>More voices in the first guess than any room has cost time and gain nothing.</summary>
    private const int MostVoices = 40;

    /// <summary>The voice of each window.</summary>
    /// <param name="windows">In order of time.</param>
    /// <returns>Voices from 0, in the order in which they are first heard.</returns>
    public int[] Cluster(IReadOnlyList<Observation> windows)
    {
        if (windows.Count < 2)
            return new int[windows.Count];
        var centres = windows.Select(w => Audio.SampleClock.ToSeconds(w.Window.Centre)).ToArray();
        var hmm = new VariationalHmm(options, [.. windows.Select(w => w.Embedding)], [.. windows.Select(w => w.Seconds)], centres);
        var guess = FirstGuess(windows);
        var posteriors = hmm.Run(guess);
        int voices = posteriors.Length / windows.Count;
        int[] labels = Likeliest(posteriors, voices, new bool[voices]);
        if (Ghosts(windows, centres, labels, voices) is { } ghosts)
            labels = Likeliest(posteriors, voices, ghosts);
        return InOrder(labels);
    }

    private int[] FirstGuess(IReadOnlyList<Observation> windows)
    {
        int dimension = windows[0].Embedding.Length;
        var certain = Enumerable.Range(0, windows.Count).Where(i => windows[i].Seconds >= LongEnough).ToList();
        if (certain.Count == 0)
            certain = [.. Enumerable.Range(0, windows.Count)];
        var vectors = new float[certain.Count * dimension];
        for (int i = 0; i < certain.Count; i++)
            windows[certain[i]].Embedding.CopyTo(vectors.AsSpan(i * dimension));
        var tree = AgglomerativeClustering.Cluster(DistanceMatrix.Cosine(vectors, dimension), Linkage.Average);
        int[] cut = tree.CutAt(1 - options.InitialSimilarity);
        if (cut.Max() >= MostVoices)
            cut = tree.CutInto(MostVoices);
        var sums = new float[cut.Max() + 1][];
        for (int i = 0; i < certain.Count; i++)
        {
            var sum = sums[cut[i]] ??= new float[dimension];
            TensorPrimitives.Add(sum, windows[certain[i]].Embedding, sum);
        }

        int[] labels = new int[windows.Count];
        Array.Fill(labels, -1);
        for (int i = 0; i < certain.Count; i++)
            labels[certain[i]] = cut[i];
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] < 0)
                labels[i] = Enumerable.Range(0, sums.Length).MaxBy(k => TensorPrimitives.CosineSimilarity<float>(windows[i].Embedding, sums[k]));
        }

        return labels;
    }

    // Voices that are hardly heard; null when there are none, or nothing but them.
    private bool[]? Ghosts(IReadOnlyList<Observation> windows, double[] centres, int[] labels, int voices)
    {
        var (total, longest) = (new double[voices], new double[voices]);
        double stretch = 0;
        for (int t = 0; t < labels.Length; t++)
        {
            // What a window adds to those before it, since they overlap.
            double own = t == 0 ? windows[t].Seconds : Math.Min(windows[t].Seconds, centres[t] - centres[t - 1]);
            stretch = t > 0 && labels[t] == labels[t - 1] ? stretch + own : own;
            total[labels[t]] += own;
            longest[labels[t]] = Math.Max(longest[labels[t]], stretch);
        }

        double all = TensorPrimitives.Sum<double>(total);
        var ghosts = new bool[voices];
        for (int k = 0; k < voices; k++)
            ghosts[k] = total[k] < options.GhostShare * all && longest[k] < options.GhostStretch;
        return ghosts.AsSpan().Contains(true) && ghosts.AsSpan().Contains(false) ? ghosts : null;
    }

    private static int[] Likeliest(double[] posteriors, int voices, bool[] without)
    {
        int[] labels = new int[posteriors.Length / voices];
        for (int t = 0; t < labels.Length; t++)
        {
            int best = -1;
            for (int k = 0; k < voices; k++)
            {
                if (!without[k] && (best < 0 || posteriors[(t * voices) + k] > posteriors[(t * voices) + best]))
                    best = k;
            }

            labels[t] = best;
        }

        return labels;
    }

    private static int[] InOrder(int[] labels)
    {
        var numbers = new Dictionary<int, int>();
        foreach (ref int label in labels.AsSpan())
        {
            if (!numbers.TryGetValue(label, out int number))
                numbers[label] = number = numbers.Count;
            label = number;
        }

        return labels;
    }
}
