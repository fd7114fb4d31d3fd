using Diarizer.Training.Loops;
using Diarizer.Training.Optimisation;
using Diarizer.Training.Segmentation;
using Diarizer.Training.Speakers;
using Diarizer.Training.VoiceActivity;

namespace Diarizer.Training.Configuration;

/// <summary>One run of the trainer: the content of a configuration file. One of <see cref="Embedder"/>, <see cref="VoiceActivity"/> and <see cref="Segmentation"/> is given.</summary>
internal sealed record RunOptions : IValidated
{
    /// <summary>Name of the model, and of its files.</summary>
    public string Name { get; init; } = "";

    /// <summary>Seed of all random draws.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>
    /// Where a fresh run takes its network's weights from: a model's .safetensors, or the folder of a run, whose newest checkpoint's average is taken.
    /// Relative to the configuration file; empty for random weights. What the losses learn starts fresh in any case.
    /// </summary>
    public string Initialise { get; init; } = "";

    public DataOptions Data { get; init; } = new();

    public EmbedderOptions? Embedder { get; init; }

    public VoiceActivityOptions? VoiceActivity { get; init; }

    public SegmentationOptions? Segmentation { get; init; }

    public OptimiserOptions Optimiser { get; init; } = new();

    public LoopOptions Loop { get; init; } = new();

    public ModelOptions Model { get; init; } = new();

    public void Validate(OptionCheck check)
    {
        bool fits = Name.Length is > 0 and <= 100 && Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && Name[0] != '.';
        check.Require(fits, "name", $"'{Name}'", "a file name of letters, digits, '-', '_' and '.'");
        int networks = (Embedder is null ? 0 : 1) + (VoiceActivity is null ? 0 : 1) + (Segmentation is null ? 0 : 1);
        check.Require(networks == 1, "embedder", Embedder is null ? "absent" : "present", "exactly one of embedder, voiceActivity and segmentation");
        Data.Validate(check.In("data"));
        Embedder?.Validate(check.In("embedder"));
        VoiceActivity?.Validate(check.In("voiceActivity"));
        Segmentation?.Validate(check.In("segmentation"));
        Optimiser.Validate(check.In("optimiser"));
        Loop.Validate(check.In("loop"));
        Model.Validate(check.In("model"));
    }
}

/// <summary>The model that is written at the end.</summary>
internal sealed record ModelOptions
{
    public string Version { get; init; } = "1";

    public string Licence { get; init; } = "MIT";

    /// <summary>Stores 16-bit floats.</summary>
    public bool HalfPrecision { get; init; }

    /// <summary>Shortest window in seconds that the model is to be given; 0.1 to 10.</summary>
    public double MinimumSeconds { get; init; } = 0.5;

    public void Validate(OptionCheck check) => check.Between("minimumSeconds", MinimumSeconds, 0.1, 10);
}
