namespace Diarizer.Service.Identity;

/// <summary>A row of the database. What is needed without the key lies open: which model it is of, when it must be erased, and which key opens it.</summary>
/// <param name="Number">See <see cref="SpeakerProfile"/>.</param>
/// <param name="Model">See <see cref="SpeakerProfile"/>.</param>
/// <param name="Expires">End of the consent, seconds since 1970 UTC.</param>
/// <param name="KeyId">See <see cref="VoiceprintCipher.KeyId"/>.</param>
/// <param name="Content">Sealed <see cref="ProfilePayload"/>.</param>
internal sealed record SealedProfile(int Number, string Model, long Expires, string KeyId, byte[] Content)
{
    private string Context => FormattableString.Invariant($"diarizer/speaker/1/{Number}/{Model}/{Expires}/{KeyId}");

    public static SealedProfile Of(SpeakerProfile profile, VoiceprintCipher cipher)
    {
        var row = new SealedProfile(profile.Number, profile.Model, profile.Consent.Expires.ToUnixTimeSeconds(), cipher.KeyId, []);
        return row with { Content = cipher.Seal(ProfilePayload.Write(profile), row.Context) };
    }

    /// <exception cref="System.Security.Cryptography.CryptographicException">It was changed.</exception>
    /// <exception cref="System.Text.Json.JsonException">It is not what it should be.</exception>
    public SpeakerProfile Open(VoiceprintCipher cipher) => ProfilePayload.Read(cipher.Open(Content, Context), Number, Model);
}
