using System.Diagnostics;
using Diarizer.Mqtt.Connection;
using Diarizer.Mqtt.Tests.Support;

namespace Diarizer.Mqtt.Tests.Connection;

/// <summary>Encrypted connections to a real broker with certificates made here.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TemporaryFiles _files = new();
    private readonly TestAuthority _authority;
    private readonly TestAuthority _stranger;

    public TlsTests()
    {
        _authority = new(_files, "authority");
        _stranger = new(_files, "stranger");
    }

    public void Dispose()
    {
        _authority.Dispose();
        _stranger.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task A_broker_with_a_trusted_certificate_is_accepted_and_any_other_refused()
    {
        await using var broker = await StartAsync();
        var options = broker.Options with { Host = "localhost" };
        await ConnectAsync(options with { Tls = new() { CaFile = _authority.File } });
        await ConnectAsync(options with { Tls = new() { Verify = false } });
        foreach (var tls in (MqttTlsOptions[])[new() { CaFile = _stranger.File }, new()])
        {
            var e = await Assert.ThrowsAsync<MqttConnectionException>(() => ConnectAsync(options with { Tls = tls }));
            Assert.Contains("certificate", e.Message, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_refused()
    {
        await using var broker = await StartAsync();
        await Assert.ThrowsAsync<MqttConnectionException>(() => ConnectAsync(broker.Options with { Tls = new() { CaFile = _authority.File } }));
    }

    [Fact]
    public async Task A_broker_that_asks_for_a_certificate_gets_ours()
    {
        await using var broker = await StartAsync("require_certificate true");
        var (certificate, key) = _authority.Issue("client", forServer: false);
        var options = broker.Options with { Host = "localhost", Tls = new() { CaFile = _authority.File, CertificateFile = certificate, KeyFile = key } };
        await ConnectAsync(options);
        await Assert.ThrowsAsync<MqttConnectionException>(() => ConnectAsync(options with { Tls = new() { CaFile = _authority.File } }));
    }

    [Fact]
    public async Task A_plain_broker_does_not_pass_for_an_encrypted_one()
    {
        await using var broker = await TestBroker.StartAsync();
        var options = broker.Options with { Host = "localhost", Tls = new() { CaFile = _authority.File }, ConnectTimeout = TimeSpan.FromSeconds(2) };
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await using var connection = MqttConnections.Create();
        await Assert.ThrowsAnyAsync<Exception>(() => connection.ConnectAsync(new(options, null), limit.Token));
        Assert.NotEqual(MqttConnectionState.Connected, connection.State);
    }

    [Theory]
    [InlineData("-tls1", true)]
    [InlineData("-tls1_1", true)]
    [InlineData("-tls1_2", false)]
    [InlineData("-tls1_3", false)]
    public async Task A_broker_that_speaks_only_older_versions_is_refused(string version, bool isRefused)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/openssl"), "openssl is not installed");
        var (certificate, key) = _authority.Issue("localhost", forServer: true);
        var port = TestBroker.FreePort();
        string[] arguments = ["s_server", "-accept", $"127.0.0.1:{port}", "-cert", certificate, "-key", key, version, "-cipher", "ALL:@SECLEVEL=0"];
        using var server = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            while (await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) != "ACCEPT")
                Assert.False(server.HasExited);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(3));
            await using var connection = MqttConnections.Create();
            MqttOptions options = new() { Host = "localhost", Port = port, Node = "test", Tls = new() { CaFile = _authority.File } };
            // It speaks no MQTT: a handshake that succeeds ends in waiting.
            var e = await Assert.ThrowsAnyAsync<Exception>(() => connection.ConnectAsync(new(options, null), limit.Token));
            Assert.Equal(isRefused, e is MqttConnectionException);
        }
        finally
        {
            server.Kill();
        }
    }

    private Task<TestBroker> StartAsync(params string[] extra)
    {
        var (certificate, key) = _authority.Issue("localhost", forServer: true);
        return TestBroker.StartAsync(["allow_anonymous true", $"cafile {_authority.File}", $"certfile {certificate}", $"keyfile {key}", .. extra]);
    }

    private static async Task ConnectAsync(MqttOptions options)
    {
        await using var connection = MqttConnections.Create();
        await connection.ConnectAsync(new(options.Validate(), null), TestContext.Current.CancellationToken);
        await connection.PublishAsync(MqttMessage.State("diarizer/test/x", "1"), TestContext.Current.CancellationToken);
    }
}
