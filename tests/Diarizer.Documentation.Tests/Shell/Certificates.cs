using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Diarizer.Documentation.Tests.Shell;

/// <summary>A certificate for brokers that pages speak of.</summary>
internal static class Certificates
{
    static Certificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        (Authority, Key) = (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>In PEM; signed by itself.</summary>
    public static string Authority { get; }

    /// <summary>Its private key in PEM.</summary>
    public static string Key { get; }
}
