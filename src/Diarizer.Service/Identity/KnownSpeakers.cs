using Diarizer.Mqtt.Contract;
using Diarizer.Service.Options;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Service.Identity;

/// <summary>Who may be recognised in a recording.</summary>
/// <param name="Voices">For the core.</param>
/// <param name="Names">What they are called.</param>
public sealed record KnownSpeakers(IReadOnlyList<EnrolledVoice> Voices, SpeakerNames Names)
{
    /// <summary>Nobody.</summary>
    public static KnownSpeakers Nobody => new([], new());

    /// <summary>Everybody who is enrolled with a model.</summary>
    /// <param name="options">Where they are kept.</param>
    /// <param name="model">SHA-256 of the embedding model in use.</param>
    /// <param name="complain">Takes a sentence about people who cannot be recognised.</param>
    public static KnownSpeakers Load(DiarizerOptions options, string model, Action<string> complain)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(complain);
        if (!SpeakerRegistry.IsThereOne(options.StateDirectory!))
            return Nobody;
        var opened = OpenedRegistry.Open(options.Enrolment, options.StateDirectory!, TimeProvider.System);
        if (opened.Registry is not { } registry)
        {
            complain($"enrolled people are not recognised: {opened.WhyOff}");
            return Nobody;
        }

        using (registry)
        {
            var people = registry.Read().People;
            if (people.Count(p => p.Model != model) is > 0 and var outdated)
                complain($"{outdated} of {people.Count} enrolled people are not recognised: another model is in use; enrol them again (diarizer speakers says whom).");
            var names = new SpeakerNames();
            var usable = people.Where(p => p.Model == model).Take(options.Diarization.Speakers.MaximumEnrolled).ToList();
            foreach (var person in usable)
                names.Set(-person.Number, person.Name);
            return new([.. usable.Select(p => p.ToVoice())], names);
        }
    }
}
