using System.Numerics.Tensors;
using Diarizer.Networks.Voices;
using Diarizer.Streaming.Turns;

namespace Diarizer.Streaming.Corrections;

/// <summary>Tells the voices of all windows of a session apart: <see cref="EvidenceClustering"/> for a first guess, a <see cref="VariationalHmm"/> on it, ghosts removed.</summary>
internal sealed class VoiceClustering(CorrectionOptions options, VoiceSpace space)
{
    /// <summary>Shorter windows say too little for the first guess; they go to the nearest cluster.</summary>
    private const double LongEnough = 0.8;

    /// <summary>The voice of each window.</summary>
    /// <param name="windows">In order of time.</param>
    /// <param name="most">Most windows of the first guess, which takes time with their square; evenly drawn from all.</param>
    /// <returns>Voices from 0, in the order in which they are first heard.</returns>
    public int[] Cluster(IReadOnlyList<Observation> windows, int most)
    {
        if (windows.Count < 2)
            return new int[windows.Count];
        var mapped = MappedWindows.Of(windows, space, options);
        var posteriors = new VariationalHmm(options, mapped).Run(FirstGuess(mapped, most));
        int voices = posteriors.Length / windows.Count;
        int[] labels = Likeliest(posteriors, voices, new bool[voices]);
        if (Ghosts(windows, mapped.Centres, labels, voices) is { } ghosts)
            labels = Likeliest(posteriors, voices, ghosts);
        return InOrder(labels);
    }

    private int[] FirstGuess(MappedWindows windows, int most)
    {
        var certain = Enumerable.Range(0, windows.Count).Where(i => windows.Seconds[i] >= LongEnough).ToList();
        if (certain.Count == 0)
            certain = [.. Enumerable.Range(0, windows.Count)];
        if (certain.Count > most)
            certain = [.. Enumerable.Range(0, most).Select(i => certain[(int)((long)i * certain.Count / most)])];
        int[] clusters = EvidenceClustering.Cluster(windows.Select(certain), options);
        var (means, sizes) = (new float[clusters.Max() + 1][], new int[clusters.Max() + 1]);
        for (int i = 0; i < certain.Count; i++)
        {
            var mean = means[clusters[i]] ??= new float[windows.Dimension];
            TensorPrimitives.Add(mean, windows.Points[certain[i]], mean);
            sizes[clusters[i]]++;
        }

        for (int k = 0; k < means.Length; k++)
            TensorPrimitives.Divide(means[k], sizes[k], means[k]);
        int[] labels = new int[windows.Count];
        Array.Fill(labels, -1);
        for (int i = 0; i < certain.Count; i++)
            labels[certain[i]] = clusters[i];
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] < 0)
                labels[i] = Enumerable.Range(0, means.Length).MinBy(k => TensorPrimitives.Distance<float>(windows.Points[i], means[k]));
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
            double own = t == 0 ? windows[t].SpeechSeconds : Math.Min(windows[t].SpeechSeconds, centres[t] - centres[t - 1]);
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
