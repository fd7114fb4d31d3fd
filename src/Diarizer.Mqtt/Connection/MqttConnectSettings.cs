namespace Diarizer.Mqtt.Connection;

/// <summary>What one connection needs to know.</summary>
/// <param name="Options">Validated options.</param>
/// <param name="Will">Message that the broker sends when the connection breaks; null for none.</param>
public sealed record MqttConnectSettings(MqttOptions Options, MqttMessage? Will)
{
    /// <summary>How long the broker remembers the session: longer than the will's delay, for the will goes out when the session ends.</summary>
    internal uint SessionExpirySeconds => Will is null ? 0 : Math.Max(WillDelaySeconds + 1, (uint)Options.SessionExpiry.TotalSeconds);

    internal uint WillDelaySeconds => (uint)Math.Ceiling(Options.WillDelay.TotalSeconds);

    /// <summary>Reads the password; null when none is configured.</summary>
    internal string? ReadPassword() => string.IsNullOrEmpty(Options.PasswordFile) ? null : Secret.Read(Options.PasswordFile, "Mqtt:PasswordFile");
}
