using System.Numerics.Tensors;
using Diarizer.Audio;
using Diarizer.Streaming.Events;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming.Turns;

/// <summary>The turn that is going on.</summary>
internal sealed class OpenTurn(int id, long start, int dimension)
{
    private const int RecentWindows = 12;

    private readonly float[] _sum = new float[dimension];
    private long _from = long.MaxValue;
    private long _to;

    public int Id { get; } = id;

    public int Revision { get; set; }

    public long Start { get; } = start;

    public SpeakerLabel Label { get; set; }

    /// <summary>Who holds the turn, named or not yet; null until decided.</summary>
    public SpeakerModel? Speaker { get; set; }

    /// <summary>Samples of speech so far.</summary>
    public long Speech { get; set; }

    /// <summary>Samples of <see cref="Speech"/> already attributed to <see cref="Speaker"/>.</summary>
    public long Attributed { get; set; }

    /// <summary>Speech-weighted mean of the windows' speech probabilities.</summary>
    public double Probability => Weight > 0 ? WeightedProbability / Weight : 0;

    /// <summary>The last windows, oldest first; bounded.</summary>
    public List<Observation> Recent { get; } = [];

    /// <summary>Seconds of speech that the windows cover.</summary>
    public double Seconds => Math.Max(Observation.LeastSeconds, SampleClock.ToSeconds((long)Math.Min(Weight, _to - _from)));

    private double Weight { get; set; }

    private double WeightedProbability { get; set; }

    /// <summary>True when a command said whose it is.</summary>
    public bool IsCertain { get; set; }

    public bool HasWindows => Weight > 0;

    public void Add(Observation observation)
    {
        if (Recent.Count == RecentWindows)
            Recent.RemoveAt(0);
        Recent.Add(observation);
        TensorPrimitives.MultiplyAdd(observation.Embedding, (float)observation.Quality, _sum, _sum);
        _from = Math.Min(_from, observation.Window.Start);
        _to = Math.Max(_to, observation.Window.End);
        Weight += observation.Window.Speech;
        WeightedProbability += observation.Window.Speech * observation.Window.Probability;
    }

    /// <summary>Quality-weighted mean of the turn's embeddings.</summary>
    public float[] MeanEmbedding()
    {
        var mean = (float[])_sum.Clone();
        var quality = WeightedProbability / SampleClock.Rate;
        if (quality > 0)
            TensorPrimitives.Divide(mean, (float)quality, mean);
        return mean;
    }
}
