using System.Text.Json;
using System.Text.Json.Serialization;

namespace Diarizer.Service.Options;

/// <summary>The configuration as subscribers may see it.</summary>
public static class PublicConfiguration
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>All settings with their values in effect; accounts and where secrets lie are left out.</summary>
    public static JsonElement Of(DiarizerOptions options) => JsonSerializer.SerializeToElement(
        options with
        {
            Enrolment = options.Enrolment with { KeyFile = null },
            Web = options.Web with { TokenFile = null },
            Mqtt = options.Mqtt with
            {
                UserName = null,
                PasswordFile = null,
                Tls = options.Mqtt.Tls is { } tls ? tls with { KeyFile = null, CertificateFile = null } : null,
            },
        },
        Json);
}
