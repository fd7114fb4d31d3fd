using Diarizer.Networks.Models;
using Diarizer.Service.Identity;
using Diarizer.Service.Models;
using Diarizer.Service.Options;

namespace Diarizer.Service.Commands;

/// <summary>Who is enrolled, for commands: the same state directory and key as the daemon's.</summary>
internal sealed class RegistryAccess : IDisposable
{
    private RegistryAccess(DiarizerOptions options, SpeakerRegistry registry, string model) => (Options, Registry, Model) = (options, registry, model);

    public DiarizerOptions Options { get; }

    public SpeakerRegistry Registry { get; }

    /// <summary>SHA-256 of the embedding model in use.</summary>
    public string Model { get; }

    public string StateDirectory => Options.StateDirectory!;

    /// <exception cref="UserErrorException">The configuration has faults, there is no key, or no model.</exception>
    public static RegistryAccess Open(string? configuration, string? models)
    {
        var options = OptionsLoader.LoadForCommand(configuration);
        options = options with { Models = models ?? options.Models };
        var opened = OpenedRegistry.Open(options.Enrolment, options.StateDirectory!, TimeProvider.System);
        var registry = opened.Registry ?? throw new UserErrorException(opened.WhyOff!);
        // A consent that ended is an order to erase, whoever comes first.
        if (registry.ForgetExpired().Count is > 0 and var ended)
            CommandLine.Complain($"the consent of {(ended == 1 ? "1 person" : $"{ended} people")} has ended; the voiceprints were erased.");
        return new(options, registry, ModelFolder.Open(options.Models).Find(ModelKind.SpeakerEmbedding).Card.WeightsSha256);
    }

    /// <summary>The enrolled person of a name or id.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public SpeakerProfile Find(string nameOrId)
    {
        var contents = Registry.Read();
        var people = contents.People;
        return contents.Find(nameOrId) ?? throw new UserErrorException(
            people.Count == 0 ? "Nobody is enrolled." : $"Nobody called {nameOrId} is enrolled; did you mean {NearestName.Of(nameOrId, people.Select(p => p.Name))}? See: diarizer speakers");
    }

    public void Dispose() => Registry.Dispose();
}
