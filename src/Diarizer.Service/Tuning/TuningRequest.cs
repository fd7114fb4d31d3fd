namespace Diarizer.Service.Tuning;

/// <summary>What a search is asked to do.</summary>
internal sealed record TuningRequest
{
    /// <summary>The folder tree with recordings and RTTM files.</summary>
    public required string Folder { get; init; }

    /// <summary>Candidates of each search.</summary>
    public int Trials { get; init; } = 90;

    /// <summary>Parts of the recordings that are held out in turn.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Decides about everything that is drawn.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Minutes after which the search ends; 0 for no limit.</summary>
    public double Minutes { get; init; }

    /// <summary>Neighbours that stand in for each candidate beside itself.</summary>
    public int Neighbours { get; init; } = 3;

    /// <summary>Recordings at the same time.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>What counts.</summary>
    public Objective Objective { get; init; } = Objective.Both;

    /// <summary>File of the search space; null for the one that ships.</summary>
    public string? Space { get; init; }

    /// <summary>Configuration with the settings to begin with; null for those in <see cref="Output"/>, else the defaults.</summary>
    public string? Configuration { get; init; }

    /// <summary>Configuration file to write; null to print.</summary>
    public string? Output { get; init; }

    /// <summary>File of scores; null to keep none.</summary>
    public string? State { get; init; }

    /// <summary>Picture of what settings are worth; null for none.</summary>
    public string? Chart { get; init; }

    /// <summary>Folder of the embedding cache.</summary>
    public required string Cache { get; init; }

    /// <summary>Folder of the networks.</summary>
    public string? Models { get; init; }

    /// <summary>Where they run.</summary>
    public string? Device { get; init; }

    /// <summary>Write settings that are not better on held-out recordings, too.</summary>
    public bool Force { get; init; }

    /// <summary>Rounds of each search.</summary>
    public int Rounds => (Trials + HalvingSearch.Width - 1) / HalvingSearch.Width;

    /// <summary>Says what is out of bounds.</summary>
    /// <exception cref="UserErrorException">A value is out of bounds.</exception>
    public void Check()
    {
        Between("--trials", Trials, 1, 1_000_000);
        Between("--folds", Folds, 2, 100);
        Between("--time", Minutes, 0, 60_000);
        Between("--neighbours", Neighbours, 0, 50);
        Between("--jobs", Jobs, 1, 256);
        HasPlace("--out", Output);
        HasPlace("--chart", Chart);
        HasPlace("--resume", State);
    }

    // Told before the search rather than after it.
    private static void HasPlace(string option, string? path)
    {
        if (path is not null && (Directory.Exists(path) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))))
            throw new UserErrorException($"{path} cannot be written, as it is a folder or in a folder that does not exist; choose another place for {option}.");
    }

    private static void Between(string option, double value, double low, double high)
    {
        if (!(value >= low && value <= high))
            throw new UserErrorException(FormattableString.Invariant($"{option} is {value}; give a value from {low} to {high}."));
    }
}
