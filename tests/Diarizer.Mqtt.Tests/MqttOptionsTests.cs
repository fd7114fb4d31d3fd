using Diarizer.Mqtt.Tests.Support;

namespace Diarizer.Mqtt.Tests;

public class MqttOptionsTests
{
    private static readonly MqttOptions Valid = new() { Host = "broker", Node = "n" };

    public static TheoryData<string, MqttOptions> Invalid => new()
    {
        { "Mqtt:Node", Valid with { Node = "Hall 2" } },
        { "Mqtt:Port", Valid with { Port = 0 } },
        { "Mqtt:Port", Valid with { Port = 65536 } },
        { "Mqtt:KeepAlive", Valid with { KeepAlive = TimeSpan.FromSeconds(4) } },
        { "Mqtt:ConnectTimeout", Valid with { ConnectTimeout = TimeSpan.Zero } },
        { "Mqtt:WillDelay", Valid with { WillDelay = TimeSpan.FromSeconds(-1) } },
        { "Mqtt:BackoffMin", Valid with { BackoffMin = TimeSpan.Zero } },
        { "Mqtt:BackoffMin", Valid with { BackoffMin = TimeSpan.FromMinutes(1) } },
        { "Mqtt:BackoffMax", Valid with { BackoffMax = TimeSpan.FromHours(1) } },
        { "Mqtt:QueueCapacity", Valid with { QueueCapacity = 3 } },
        { "Mqtt:Outbox:MaxMegabytes", Valid with { Outbox = new() { MaxMegabytes = 0 } } },
        { "Mqtt:Outbox:MaxAge", Valid with { Outbox = new() { MaxAge = TimeSpan.FromSeconds(1) } } },
        { "Mqtt:Outbox:ReplayPerSecond", Valid with { Outbox = new() { ReplayPerSecond = 1 } } },
        { "Mqtt:Commands:MaxKilobytes", Valid with { Commands = new() { MaxKilobytes = 0 } } },
        { "Mqtt:Commands:PerSecond", Valid with { Commands = new() { PerSecond = double.NaN } } },
        { "Mqtt:Commands:Burst", Valid with { Commands = new() { Burst = 0 } } },
        { "Mqtt:HomeAssistant:Prefix", Valid with { HomeAssistant = new() { Prefix = "home/+" } } },
        { "Mqtt:HomeAssistant:Prefix", Valid with { HomeAssistant = new() { Prefix = "diarizer/n" } } },
        { "Mqtt:HomeAssistant:StatusTopic", Valid with { HomeAssistant = new() { StatusTopic = "" } } },
        { "Mqtt:HomeAssistant:DelayMin", Valid with { HomeAssistant = new() { DelayMin = TimeSpan.FromSeconds(9) } } },
        { "Mqtt:HomeAssistant:DelayMax", Valid with { HomeAssistant = new() { DelayMax = TimeSpan.FromMinutes(2) } } },
        { "Mqtt:SessionExpiry", Valid with { SessionExpiry = TimeSpan.FromDays(8) } },
        { "Mqtt:UserName", Valid with { PasswordFile = "/etc/hostname" } },
        { "Mqtt:PasswordFile", Valid with { UserName = "u", PasswordFile = "/no/such/file" } },
        { "Mqtt:Tls:CaFile", Valid with { Tls = new() { CaFile = "/no/such/file" } } },
        { "Mqtt:Tls:KeyFile", Valid with { Tls = new() { CertificateFile = "/etc/hostname" } } },
    };

    [Theory]
    [MemberData(nameof(Invalid), DisableDiscoveryEnumeration = true)]
    public void A_bad_value_is_named_in_one_sentence(string option, MqttOptions options)
    {
        var e = Assert.Throws<UserErrorException>(options.Validate);
        Assert.Contains(option, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void Defaults_are_valid_on_any_machine() => Assert.Null(new MqttOptions().Validate().Host);

    [Fact]
    public void Port_follows_encryption()
    {
        Assert.Equal(1883, Valid.BrokerPort);
        Assert.Equal(8883, (Valid with { Tls = new() }).BrokerPort);
        Assert.Equal(99, (Valid with { Tls = new(), Port = 99 }).BrokerPort);
        Assert.Equal("diarizer-n", Valid.EffectiveClientId);
    }

    [Fact]
    public void The_password_is_the_first_line_of_its_file()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "hush\nmore\n");
            Assert.Equal("hush", Secret.Read(file, "Mqtt:PasswordFile"));
            Assert.DoesNotContain("hush", (Valid with { UserName = "u", PasswordFile = file }).Validate().ToString(), StringComparison.Ordinal);
            File.WriteAllText(file, "\n");
            Assert.Contains("empty", Assert.Throws<UserErrorException>(() => Secret.Read(file, "Mqtt:PasswordFile")).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_bare_name_means_a_systemd_credential()
    {
        using var credentials = new TemporaryFiles();
        credentials.Write("mqtt-password", "hush\n");
        Environment.SetEnvironmentVariable("CREDENTIALS_DIRECTORY", credentials.Path(""));
        try
        {
            Assert.Equal("hush", Secret.Read("mqtt-password", "Mqtt:PasswordFile"));
            Assert.Equal("./mqtt-password", Secret.Resolve("./mqtt-password"));
            Assert.Equal("other", Secret.Resolve("other"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("CREDENTIALS_DIRECTORY", null);
        }
    }

    [Fact]
    public void An_encrypted_key_is_refused_before_anything_can_ask_for_its_passphrase()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "-----BEGIN ENCRYPTED PRIVATE KEY-----\n");
            var e = Assert.Throws<UserErrorException>((Valid with { Tls = new() { CertificateFile = "/etc/hostname", KeyFile = file } }).Validate);
            Assert.Contains("encrypted", e.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
