using Diarizer.Training.Loops;
using Diarizer.Training.Optimisation;
using Diarizer.Training.Speakers;
using Diarizer.Training.VoiceActivity;

namespace Diarizer.Training.Configuration;

/// <summary>One run of the trainer: the content of a configuration file. Either <see cref="Embedder"/> or <see cref="VoiceActivity"/> is given.</summary>
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

    public OptimiserOptions Optimiser { get; init; } = new();

    public LoopOptions Loop { get; init; } = new();

    public ModelOptions Model { get; init; } = new();

    public void Validate(OptionCheck check)
    {
        bool fits = Name.Length is > 0 and <= 100 && Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && Name[0] != '.';
        check.Require(fits, "name", $"'{Name}'", "a file name of letters, digits, '-', '_' and '.'");
        check.Require(Embedder is null != VoiceActivity is null, "embedder", Embedder is null ? "absent" : "present", "exactly one of embedder and voiceActivity");
        Data.Validate(check.In("data"));
        Embedder?.Validate(check.In("embedder"));
        VoiceActivity?.Validate(check.In("voiceActivity"));
        Optimiser.Validate(check.In("optimiser"));
        Loop.Validate(check.In("loop"));
        Model.Validate(check.In("model"));
    }
}

/// <summary>Where the data lies; <c>--data</c> wins over <see cref="Root"/>.</summary>
internal sealed record DataOptions
{
    /// <summary>Folder of the data, relative to the configuration file.</summary>
    public string Root { get; init; } = "";

    /// <summary>Manifest of single-speaker utterances, relative to the root.</summary>
    public string Manifest { get; init; } = "speech.tsv";

    /// <summary>List of noises and rooms, relative to the root; empty for none.</summary>
    public string Noise { get; init; } = "noise.tsv";

    /// <summary>The split to train with.</summary>
    public string Split { get; init; } = "train";

    /// <summary>Share of each corpus's speakers that only validate; 0 to 0.5.</summary>
    public double ValidationShare { get; init; } = 0.05;

    /// <summary>Utterances shorter than this many seconds are left out; 0.05 to 10.</summary>
    public double ShortestSeconds { get; init; } = 0.3;

    /// <summary>What the data is, for the model card.</summary>
    public string Description { get; init; } = "";

    public void Validate(OptionCheck check)
    {
        check.Require(Manifest is { Length: > 0 }, "manifest", "empty", "a file name");
        check.Between("validationShare", ValidationShare, 0, 0.5);
        check.Between("shortestSeconds", ShortestSeconds, 0.05, 10);
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
