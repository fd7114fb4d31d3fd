using Diarizer.Service.Options;

namespace Diarizer.Service.Tests.Options;

public class PublicConfigurationTests
{
    [Fact]
    public void Accounts_passwords_and_keys_are_left_out()
    {
        var options = new DiarizerOptions
        {
            Threads = 3,
            Web = new() { TokenFile = "/secret/token" },
            Mqtt = new()
            {
                Host = "broker.example",
                UserName = "secret-user",
                PasswordFile = "/secret/password",
                Tls = new() { CaFile = "/etc/ca.pem", CertificateFile = "/secret/certificate", KeyFile = "/secret/key" },
            },
        };
        var published = PublicConfiguration.Of(options).GetRawText();
        Assert.DoesNotContain("secret", published, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("broker.example", published, StringComparison.Ordinal);
        Assert.Contains("\"Threads\":3", published, StringComparison.Ordinal);
    }
}
