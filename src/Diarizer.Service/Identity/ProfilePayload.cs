using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Service.Identity;

/// <summary>What is sealed of a profile: everything but number, model and expiry, which lie beside it and are bound to it.</summary>
internal sealed record ProfilePayload(string Name, ConsentRecord Consent, DateTimeOffset EnrolledAt, EnrolmentSource Source, double Speech, IReadOnlyList<SamplePayload> Samples)
{
    public static byte[] Write(SpeakerProfile profile) => JsonSerializer.SerializeToUtf8Bytes(
        new ProfilePayload(profile.Name, profile.Consent, profile.EnrolledAt, profile.Source, profile.Speech, [.. profile.Samples.Select(SamplePayload.Of)]),
        ProfileJson.Default.ProfilePayload);

    /// <exception cref="JsonException">It is not one.</exception>
    public static SpeakerProfile Read(ReadOnlySpan<byte> json, int number, string model) =>
        JsonSerializer.Deserialize(json, ProfileJson.Default.ProfilePayload) is { } p
            ? new(number, p.Name, p.Consent, p.EnrolledAt, p.Source, p.Speech, model, [.. p.Samples.Select(s => s.ToSample())])
            : throw new JsonException("empty");
}

/// <summary>One embedding.</summary>
/// <param name="Embedding">float32, little endian.</param>
/// <param name="Quality">See <see cref="VoiceSample"/>.</param>
/// <param name="Recording">See <see cref="VoiceSample"/>.</param>
internal sealed record SamplePayload(byte[] Embedding, double Quality, int Recording)
{
    public static SamplePayload Of(VoiceSample sample) => new(MemoryMarshal.AsBytes<float>(sample.Embedding).ToArray(), sample.Quality, sample.Recording);

    public VoiceSample ToSample() => new(MemoryMarshal.Cast<byte, float>(Embedding).ToArray(), Quality, Recording);
}

/// <summary>Serialization of profiles, for the database and for exports.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(ProfilePayload))]
[JsonSerializable(typeof(ProfileExport))]
[JsonSerializable(typeof(VoiceprintExport))]
[JsonSerializable(typeof(IReadOnlyList<ProfileExport>))]
internal sealed partial class ProfileJson : JsonSerializerContext;
