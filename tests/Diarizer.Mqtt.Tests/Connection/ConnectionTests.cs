using System.Diagnostics;
using Diarizer.Mqtt.Connection;
using Diarizer.Mqtt.Tests.Support;

namespace Diarizer.Mqtt.Tests.Connection;

public class ConnectionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MqttProtocol.V5)]
    [InlineData(MqttProtocol.V311)]
    public async Task The_will_is_delivered_when_the_connection_is_cut(MqttProtocol protocol)
    {
        await using var broker = await TestBroker.StartAsync();
        await using var gate = new Gate(broker.Port);
        await using var subscriber = await Subscriber.StartAsync(broker.Options);
        await using var connection = MqttConnections.Create();
        List<MqttConnectionStateChange> changes = [];
        connection.StateChanged += (_, change) => changes.Add(change);
        var options = broker.Options with { Port = gate.Port, Protocol = protocol };
        await connection.ConnectAsync(new(options, MqttMessage.State("diarizer/test/status", "offline")), Token);
        Assert.Equal(MqttConnectionState.Connected, connection.State);
        gate.Cut();
        await subscriber.WaitForAsync("diarizer/test/status", "offline");
        await Eventually.TrueAsync(() => connection.State == MqttConnectionState.Closed, () => "the loss to be noticed");
        Assert.Equal([MqttConnectionState.Connecting, MqttConnectionState.Connected, MqttConnectionState.Closed], changes.Select(c => c.State));
        Assert.NotNull(changes[^1].Reason);
        await Assert.ThrowsAsync<MqttConnectionException>(() => connection.PublishAsync(MqttMessage.State("t", "x"), Token));
    }

    [Fact]
    public async Task A_farewell_takes_the_will_back()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Options);
        await using var connection = MqttConnections.Create();
        await connection.ConnectAsync(new(broker.Options, MqttMessage.State("diarizer/test/status", "offline")), Token);
        await connection.PublishAsync(MqttMessage.State("diarizer/test/x", "1"), Token);
        await connection.DisconnectAsync(Token);
        Assert.Equal(MqttConnectionState.Closed, connection.State);
        await subscriber.WaitForAsync("diarizer/test/x", "1");
        await Task.Delay(300, Token);
        Assert.Single(subscriber.Messages);
    }

    [Fact]
    public async Task A_wrong_password_is_told_in_words_and_a_right_one_is_accepted()
    {
        TestBroker.Require();
        using var files = new TemporaryFiles();
        var passwords = files.Write("passwords", "");
        using (var tool = Process.Start("mosquitto_passwd", ["-b", passwords, "user", "secret-word"]))
            await tool.WaitForExitAsync(Token);
        await using var broker = await TestBroker.StartAsync("allow_anonymous false", $"password_file {passwords}");
        var options = broker.Options with { UserName = "user", PasswordFile = files.Write("right", "secret-word\n") };
        await using (var connection = MqttConnections.Create())
            await connection.ConnectAsync(new(options.Validate(), null), Token);
        var wrong = options with { PasswordFile = files.Write("wrong", "other-word\n") };
        await using var refused = MqttConnections.Create();
        var e = await Assert.ThrowsAsync<MqttConnectionException>(() => refused.ConnectAsync(new(wrong, null), Token));
        Assert.Contains("refuses", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("other-word", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_is_not_allowed_is_rejected_and_the_connection_lives_on()
    {
        using var files = new TemporaryFiles();
        await using var broker = await TestBroker.StartAsync("allow_anonymous true", $"acl_file {files.Write("acl", "topic readwrite diarizer/#\n")}");
        await using var connection = MqttConnections.Create();
        await connection.ConnectAsync(new(broker.Options, null), Token);
        var e = await Assert.ThrowsAsync<MqttRejectedException>(() => connection.PublishAsync(MqttMessage.State("other/x", "1"), Token));
        Assert.Contains("other/x", e.Message, StringComparison.Ordinal);
        await connection.PublishAsync(MqttMessage.State("diarizer/x", "1"), Token);
    }

    [Fact]
    public async Task What_is_given_up_ends_as_cancelled_and_the_connection_lives_on()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var gate = new Gate(broker.Port);
        await using var connection = MqttConnections.Create();
        await connection.ConnectAsync(new(broker.Options with { Port = gate.Port }, null), Token);
        gate.LoseAnswers = true;
        await AssertCancelledAsync(token => connection.PublishAsync(MqttMessage.State("diarizer/test/x", "1"), token));
        await AssertCancelledAsync(token => connection.SubscribeAsync("diarizer/test/x", MqttQos.AtLeastOnce, token));
        gate.LoseAnswers = false;
        await connection.PublishAsync(MqttMessage.State("diarizer/test/x", "2"), Token);
    }

    [Fact]
    public async Task A_connect_that_is_given_up_ends_as_cancelled()
    {
        using var server = new SilentServer();
        await using var connection = MqttConnections.Create();
        var options = new MqttOptions { Host = "127.0.0.1", Port = server.Port, Node = "test" };
        await AssertCancelledAsync(token => connection.ConnectAsync(new(options, null), token));
    }

    [Fact]
    public async Task No_such_host_and_no_such_port_are_told_in_words()
    {
        var options = new MqttOptions { Host = "127.0.0.1", Port = TestBroker.FreePort(), Node = "test" };
        await using var port = MqttConnections.Create();
        var refused = await Assert.ThrowsAsync<MqttConnectionException>(() => port.ConnectAsync(new(options, null), Token));
        Assert.Contains("refused", refused.Message, StringComparison.OrdinalIgnoreCase);
        await using var host = MqttConnections.Create();
        var unknown = await Assert.ThrowsAsync<MqttConnectionException>(() => host.ConnectAsync(new(options with { Host = "no-such-host.invalid" }, null), Token));
        Assert.Contains("no-such-host.invalid", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_independent_client_reads_the_same_bytes()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mosquitto_sub"), "mosquitto-clients are not installed");
        await using var broker = await TestBroker.StartAsync();
        await using var connection = MqttConnections.Create();
        await connection.ConnectAsync(new(broker.Options, null), Token);
        await connection.PublishAsync(MqttMessage.State("diarizer/test/x", "grüße"), Token);
        using var client = Process.Start(new ProcessStartInfo("mosquitto_sub", ["-p", $"{broker.Port}", "-t", "diarizer/#", "-C", "1", "-W", "5", "-v"])
        {
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("diarizer/test/x grüße\n", await client.StandardOutput.ReadToEndAsync(Token));
    }

    [Fact]
    public async Task Connections_come_and_go_without_leaving_threads_or_sockets()
    {
        await using var broker = await TestBroker.StartAsync();
        await ConnectOnceAsync();
        var before = Directory.GetFiles("/proc/self/fd").Length;
        for (var i = 0; i < 50; i++)
            await ConnectOnceAsync();
        // Tests beside this one open some of their own.
        Assert.InRange(Directory.GetFiles("/proc/self/fd").Length, 0, before + 60);

        async Task ConnectOnceAsync()
        {
            await using var connection = MqttConnections.Create();
            await connection.ConnectAsync(new(broker.Options with { ClientId = "once" }, null), Token);
            await connection.PublishAsync(MqttMessage.State("diarizer/test/x", "1"), Token);
        }
    }

    private static async Task AssertCancelledAsync(Func<CancellationToken, Task> action)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var task = action(soon.Token);
        soon.CancelAfter(200);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
    }
}
