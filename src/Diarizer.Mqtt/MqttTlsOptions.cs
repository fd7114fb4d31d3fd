namespace Diarizer.Mqtt;

/// <summary>Encryption of the connection: TLS 1.2 or newer, the broker's certificate and name are verified.</summary>
public sealed record MqttTlsOptions
{
    /// <summary>PEM file of the authorities to trust; null means those of the operating system.</summary>
    public string? CaFile { get; init; }

    /// <summary>PEM file of this client's certificate, for brokers that ask for one; needs <see cref="KeyFile"/>.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file of this client's private key, not encrypted.</summary>
    public string? KeyFile { get; init; }

    /// <summary>False accepts any certificate. Only for trials: anyone on the network can then read and forge messages.</summary>
    public bool Verify { get; init; } = true;

    /// <summary>Checks that the files are there and usable.</summary>
    /// <returns>This.</returns>
    /// <exception cref="UserErrorException">A file is missing or the key is encrypted.</exception>
    public MqttTlsOptions Validate()
    {
        RequireFile(CaFile, "Mqtt:Tls:CaFile");
        RequireFile(CertificateFile, "Mqtt:Tls:CertificateFile");
        RequireFile(KeyFile, "Mqtt:Tls:KeyFile");
        if (string.IsNullOrEmpty(CertificateFile) != string.IsNullOrEmpty(KeyFile))
            throw new UserErrorException("Mqtt:Tls:CertificateFile and Mqtt:Tls:KeyFile belong together: set both or none.");
        if (!string.IsNullOrEmpty(KeyFile) && File.ReadAllText(Secret.Resolve(KeyFile)).Contains("ENCRYPTED", StringComparison.Ordinal))
            throw new UserErrorException($"Mqtt:Tls:KeyFile {KeyFile} is encrypted: give a key without a passphrase, protected by its file mode or as a systemd credential.");
        return this;
    }

    private static void RequireFile(string? path, string option)
    {
        if (string.IsNullOrEmpty(path))
            return;
        try
        {
            using var _ = File.OpenRead(Secret.Resolve(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{option}: cannot read {path}: {e.Message}", e);
        }
    }
}
