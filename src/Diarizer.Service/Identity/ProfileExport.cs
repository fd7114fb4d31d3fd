namespace Diarizer.Service.Identity;

/// <summary>All that is stored about a person but the voiceprint, as they may ask for it.</summary>
public record ProfileExport
{
    /// <summary>Id in messages.</summary>
    public required string Id { get; init; }

    /// <summary>What the person is called.</summary>
    public required string Name { get; init; }

    /// <summary>That they agreed.</summary>
    public required ConsentRecord Consent { get; init; }

    /// <summary>When the voice was taken, UTC.</summary>
    public required DateTimeOffset EnrolledAt { get; init; }

    /// <summary><c>files</c> or <c>session</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Recordings that it was taken from.</summary>
    public required int Recordings { get; init; }

    /// <summary>Seconds of speech that it rests on.</summary>
    public required double SpeechS { get; init; }

    /// <summary>Embeddings that are stored.</summary>
    public required int Embeddings { get; init; }

    /// <summary>SHA-256 of the embedding model that they are of.</summary>
    public required string Model { get; init; }

    /// <summary>False when another model is in use now: the person is not recognised until enrolled again.</summary>
    public required bool Usable { get; init; }

    /// <summary>Tells what is stored.</summary>
    /// <param name="profile">The person.</param>
    /// <param name="model">SHA-256 of the embedding model in use.</param>
    public static ProfileExport Of(SpeakerProfile profile, string model)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return new()
        {
            Id = profile.Id,
            Name = profile.Name,
            Consent = profile.Consent,
            EnrolledAt = profile.EnrolledAt,
            Source = profile.Source == EnrolmentSource.Files ? "files" : "session",
            Recordings = profile.Recordings,
            SpeechS = Math.Round(profile.Speech, 1),
            Embeddings = profile.Samples.Count,
            Model = profile.Model,
            Usable = profile.Model == model,
        };
    }
}

/// <summary>The same with the voiceprint, for a file that only its owner can read.</summary>
[method: System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
public sealed record VoiceprintExport(ProfileExport Profile, IReadOnlyList<float[]> Voiceprint) : ProfileExport(Profile)
{
    /// <summary>All but the voiceprint.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ProfileExport Profile { get; } = Profile;

    /// <summary>The embeddings, one row each.</summary>
    public IReadOnlyList<float[]> Voiceprint { get; } = Voiceprint;
}
