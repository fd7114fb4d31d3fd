using Diarizer.Features;
using Diarizer.Training.Data.Sources;

namespace Diarizer.Training.Configuration;

/// <summary>Where the data lies; <c>--data</c> wins over <see cref="Root"/>.</summary>
internal sealed record DataOptions
{
    /// <summary>Folder of the data, relative to the configuration file.</summary>
    public string Root { get; init; } = "";

    /// <summary>
    /// Manifest of single-speaker utterances, folder of speakers or Kaldi directory, relative to the root; empty for <c>speech.tsv</c> where the root holds it,
    /// else for the root itself.
    /// </summary>
    public string Manifest { get; init; } = "";

    /// <summary>What <see cref="Manifest"/> is.</summary>
    public SourceKind Kind { get; init; }

    /// <summary>Several sources that are trained on together; they take the place of <see cref="Manifest"/>.</summary>
    public DataSourceOptions[] Sources { get; init; } = [];

    /// <summary>List of noises and rooms, relative to the root; empty for none.</summary>
    public string Noise { get; init; } = "noise.tsv";

    /// <summary>The split to train with. Folders of speakers and Kaldi directories are of whatever split is asked for.</summary>
    public string Split { get; init; } = "train";

    /// <summary>Share of each corpus's speakers that only validate; 0 to 0.5.</summary>
    public double ValidationShare { get; init; } = 0.05;

    /// <summary>Utterances shorter than this many seconds are left out; 0.05 to 10.</summary>
    public double ShortestSeconds { get; init; } = 0.3;

    /// <summary>
    /// Data of at most this many hours is decoded into the cache before the first step (115 MB an hour); of more, each crop is decoded from its file when it
    /// is drawn; 0 to 100,000.
    /// </summary>
    public double DecodeFirstHours { get; init; } = 50;

    /// <summary>Takes the silence out of every utterance before anything else; left out, utterances stay as they are.</summary>
    public SilenceOptions? RemoveSilence { get; init; }

    /// <summary>What the data is, for the model card.</summary>
    public string Description { get; init; } = "";

    public void Validate(OptionCheck check)
    {
        check.Require(Sources is { Length: 0 } || Manifest is { Length: 0 }, "manifest", $"'{Manifest}'", "either manifest or sources");
        for (int i = 0; i < Sources?.Length; i++)
            Sources[i].Validate(check.In($"sources[{i}]"));
        check.Between("validationShare", ValidationShare, 0, 0.5);
        check.Between("shortestSeconds", ShortestSeconds, 0.05, 10);
        RemoveSilence?.Validated();
        check.Between("decodeFirstHours", DecodeFirstHours, 0, 100_000);
    }
}

/// <summary>One of several sources of a run's data.</summary>
internal sealed record DataSourceOptions
{
    /// <summary>Manifest, folder of speakers or Kaldi directory, relative to the data's root.</summary>
    public string Path { get; init; } = "";

    /// <summary>What it is.</summary>
    public SourceKind Kind { get; init; }

    /// <summary>Name of the corpus; empty for the folder's name. Manifests have a column for it.</summary>
    public string Corpus { get; init; } = "";

    public void Validate(OptionCheck check) => check.Require(Path is { Length: > 0 }, "path", "empty", "a manifest, a folder of speakers or a Kaldi directory");
}
