namespace Diarizer.Service.Options;

/// <summary>Puts the daemon's options together: file, then environment, then flags; and checks all of it before anything starts.</summary>
public static class OptionsLoader
{
    /// <summary>The valid options, and the whole configuration.</summary>
    /// <param name="configurationPath">Value of <c>--config</c>, or null.</param>
    /// <param name="overrides">The flags.</param>
    /// <exception cref="InvalidOptionsException">Something is wrong; it names everything at once.</exception>
    public static LoadedOptions Load(string? configurationPath, CommandLineOverrides overrides)
    {
        var path = ConfigurationFile.Locate(configurationPath);
        var binder = new StrictBinder();
        var configuration = ConfigurationFile.Load(path);
        var options = binder.Bind<DiarizerOptions>(configuration.GetSection(DiarizerOptions.Section));
        options = WithState(overrides.Apply(options));
        var problems = binder.Problems.Concat(options.Validate()).ToList();
        return problems.Count == 0 ? new(options, configuration) : throw new InvalidOptionsException(problems);
    }

    /// <summary>The options of commands that need no stream; only the parts that such commands use are checked.</summary>
    /// <param name="configurationPath">Value of <c>--config</c>, or null.</param>
    /// <exception cref="InvalidOptionsException">Something is wrong; it names everything at once.</exception>
    public static DiarizerOptions LoadForCommand(string? configurationPath)
    {
        var binder = new StrictBinder();
        var options = WithState(binder.Bind<DiarizerOptions>(ConfigurationFile.Load(ConfigurationFile.Locate(configurationPath)).GetSection(DiarizerOptions.Section)));
        var problems = binder.Problems
            .Concat(options.Enrolment.Validate($"{DiarizerOptions.Section}:Enrolment"))
            .Concat(options.Diarization.Validate().Select(problem => $"{DiarizerOptions.Section}:Diarization:{problem}"))
            .ToList();
        return problems.Count == 0 ? options : throw new InvalidOptionsException(problems);
    }

    private static DiarizerOptions WithState(DiarizerOptions options)
    {
        var directory = StateDirectory.Locate(options.StateDirectory);
        var outbox = options.Mqtt.Outbox with { Directory = options.Mqtt.Outbox.Directory ?? directory };
        return options with { StateDirectory = directory, Mqtt = options.Mqtt with { Outbox = outbox } };
    }
}
