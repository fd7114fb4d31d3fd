using Diarizer.Training.Configuration;

namespace Diarizer.Training.Sampling;

/// <summary>How batches are drawn.</summary>
internal sealed record SamplingOptions : IValidated
{
    /// <summary>Distinct speakers in a batch; 2 to 2,000.</summary>
    public int Speakers { get; init; } = 32;

    /// <summary>Crops of each speaker in a batch; 1, for classification alone, to 20.</summary>
    public int CropsPerSpeaker { get; init; } = 2;

    /// <summary>Seconds of a batch's crops, drawn anew for each batch; 0.3 to 10.</summary>
    public double[] CropSeconds { get; init; } = [0.7, 2.2];

    /// <summary>Probability that all speakers of a batch are of one corpus, so that the channel tells nothing; 0 to 1.</summary>
    public double SameCorpus { get; init; } = 0.5;

    /// <summary>
    /// Fewest and most times that a speaker comes up in an epoch, at each speed; in between by amount of speech; 1 to 1,000. The second value is the cap on a
    /// speaker's share: so many times <see cref="CropsPerSpeaker"/> crops.
    /// </summary>
    public double[] PerEpoch { get; init; } = [2, 10];

    /// <summary>Speeds at which speakers are played; every speed other than 1 makes new speakers; 0.5 to 2 in steps of 0.1.</summary>
    public double[] Speeds { get; init; } = [1.0, 0.9, 1.1];

    /// <summary>Random places tried for a crop, of which the loudest is taken, so that pauses are seldom drawn; 1 to 10.</summary>
    public int Places { get; init; } = 2;

    public void Validate(OptionCheck check)
    {
        check.Between("speakers", Speakers, 2, 2_000);
        check.Between("cropsPerSpeaker", CropsPerSpeaker, 1, 20);
        check.Range("cropSeconds", CropSeconds, 0.3, 10);
        check.Between("sameCorpus", SameCorpus, 0, 1);
        check.Range("perEpoch", PerEpoch, 1, 1_000);
        check.Between("places", Places, 1, 10);
        bool speeds = Speeds is { Length: > 0 } && Speeds.Distinct().Count() == Speeds.Length
            && Speeds.All(s => s is >= 0.5 and <= 2 && Math.Abs(s * 10 - Math.Round(s * 10)) < 1e-9);
        check.Require(speeds, "speeds", $"[{string.Join(", ", Speeds ?? [])}]", "different speeds from 0.5 to 2 in steps of 0.1");
    }
}
