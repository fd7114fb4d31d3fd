using Diarizer.Features;
using Diarizer.Training.Attention;
using Diarizer.Training.Augmentation;
using Diarizer.Training.Configuration;
using Diarizer.Training.Losses;
using Diarizer.Training.Sampling;

namespace Diarizer.Training.Speakers;

/// <summary>Number types that convolutions can be trained in.</summary>
internal enum TrunkPrecision
{
    Float32,

    /// <summary>Eight bits of mantissa with the range of 32-bit floats, so that no loss scaling is needed.</summary>
    BFloat16,
}

/// <summary>Training of a speaker embedder.</summary>
internal sealed record EmbedderOptions : IValidated
{
    public LogMelOptions FrontEnd { get; init; } = new();

    /// <summary>Takes the place of log-mel when given.</summary>
    public SpectrogramOptions? Spectrogram { get; init; }

    public NetworkChoice Network { get; init; } = new();

    /// <summary>An attention layer with fixed weights of the frequencies; none by default.</summary>
    public AttentionChoice Attention { get; init; } = new();

    /// <summary>Number type of the convolutions while training; the averaged network that is validated and shipped computes in 32 bits.</summary>
    public TrunkPrecision Precision { get; init; }

    public SamplingOptions Sampling { get; init; } = new();

    public AugmentationOptions Augmentation { get; init; } = new();

    /// <summary>Terms of the loss; they are added.</summary>
    public LossOptions[] Losses { get; init; } = [new() { Kind = LossKind.AamSoftmax }, new() { Kind = LossKind.AngularPrototypical }];

    /// <summary>Deep Speaker's selection of triplets from a history of candidates; left out to train on the batches as they are drawn.</summary>
    public SelectBatchOptions? SelectBatch { get; init; }

    public EmbedderValidationOptions Validation { get; init; } = new();

    /// <summary>Batches from which the back-end folded into the shipped network is estimated; 0 for none, else 10 to 10,000.</summary>
    public int WhiteningBatches { get; init; } = 100;

    /// <summary>Share of the within-speaker covariance that is replaced by its mean variance: 1 only centres the embeddings; 0.001 to 1.</summary>
    public double WhiteningShrinkage { get; init; } = 0.1;

    /// <summary>Weight of the covariance between corpora in the back-end: directions of microphones and lines count less; 0 to 100.</summary>
    public double WhiteningCorpora { get; init; }

    public void Validate(OptionCheck check)
    {
        check.Require(WhiteningBatches == 0 || WhiteningBatches is >= 10 and <= 10_000, "whiteningBatches", WhiteningBatches, "0, or 10 to 10,000");
        check.Between("whiteningShrinkage", WhiteningShrinkage, 0.001, 1);
        check.Between("whiteningCorpora", WhiteningCorpora, 0, 100);
        Sampling.Validate(check.In("sampling"));
        Augmentation.Validate(check.In("augmentation"));
        check.Require(Losses is { Length: > 0 }, "losses", "empty", "at least one loss");
        for (int i = 0; i < Losses?.Length; i++)
            Losses[i].Validate(check.In($"losses[{i}]"));
        ValidateTogether(check);
        Validation.Validate(check.In("validation"));
        FrontEnd.Validated();
        Spectrogram?.Validated();
        Network.Validate(check.In("network"));
        Attention.Validate(check.In("attention"));
    }

    /// <summary>What the losses ask of the batches.</summary>
    private void ValidateTogether(OptionCheck check)
    {
        LossOptions[] losses = Losses ?? [];
        bool classification = losses.All(loss => loss.Kind.IsClassification());
        check.Require(Sampling.CropsPerSpeaker > 1 || classification, "sampling.cropsPerSpeaker", Sampling.CropsPerSpeaker, "2 or more for losses that compare crops of a speaker");
        check.Require(Sampling.CropsPerSpeaker > 1 || WhiteningBatches == 0, "sampling.cropsPerSpeaker", Sampling.CropsPerSpeaker, "2 or more, or whiteningBatches 0");
        if (SelectBatch is null)
            return;
        SelectBatch.Validate(check.In("selectBatch"));
        check.Require(losses.Length == 1 && losses[0].Kind.IsTriplet() && losses[0].Mining is { Length: 0 }, "selectBatch", "given",
            "one loss with it, of kind Triplet or CosineTriplet, without mining");
        check.Require(Sampling.CropSeconds is [var from, var to] && from == to, "selectBatch", "given", "sampling.cropSeconds of one length with it, such as [1.6, 1.6]");
    }
}

/// <summary>How the embedder is validated while it trains.</summary>
internal sealed record EmbedderValidationOptions
{
    /// <summary>Seconds of a crop; 0.3 to 10.</summary>
    public double CropSeconds { get; init; } = 2;

    /// <summary>Most utterances of a speaker; 2 to 1,000.</summary>
    public int UtterancesPerSpeaker { get; init; } = 12;

    public void Validate(OptionCheck check)
    {
        check.Between("cropSeconds", CropSeconds, 0.3, 10);
        check.Between("utterancesPerSpeaker", UtterancesPerSpeaker, 2, 1_000);
    }
}
