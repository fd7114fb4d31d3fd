using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Diarizer.Mqtt.Tests.Support;

/// <summary>An authority made for one test, with the certificates that it issues as PEM files.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly TemporaryFiles _files;
    private readonly string _name;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    public TestAuthority(TemporaryFiles files, string name)
    {
        (_files, _name) = (files, name);
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File = files.Write($"{name}.pem", _certificate.ExportCertificatePem());
    }

    public string File { get; }

    public (string Certificate, string Key) Issue(string subject, bool forServer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={subject}", key, HashAlgorithmName.SHA256);
        if (forServer)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("localhost");
            request.CertificateExtensions.Add(names.Build());
        }
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(forServer ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2")], false));
        using var certificate = request.Create(_certificate, _certificate.NotBefore, _certificate.NotAfter, RandomNumberGenerator.GetBytes(8));
        return (_files.Write($"{_name}-{subject}.pem", certificate.ExportCertificatePem()), _files.Write($"{_name}-{subject}.key", key.ExportPkcs8PrivateKeyPem()));
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }
}
