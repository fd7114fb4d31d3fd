using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Diarizer.Mqtt.Commands;
using Diarizer.Mqtt.Connection;
using Diarizer.Mqtt.Publishing;
using Diarizer.Mqtt.Tests.Commands;
using Diarizer.Mqtt.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Diarizer.Mqtt.Tests.Connection;

/// <summary>A broker as docs/security.md sets it up: TLS, accounts, and its ACL, under which a node publishes, one account watches and another commands.</summary>
public sealed partial class SecuredBrokerTests : IAsyncDisposable
{
    private const string Password = "a-very-secret-word";

    private readonly TemporaryFiles _files = new();
    private readonly TestAuthority _authority;
    private readonly CollectingLog _log = new();
    private readonly EchoCommand _echo = new();

    public SecuredBrokerTests() => _authority = new(_files, "authority");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        _authority.Dispose();
        _log.Dispose();
        _files.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_node_works_a_watcher_cannot_command_and_no_secret_is_logged()
    {
        await using var broker = await StartAsync();
        await using var watcher = await Subscriber.StartAsync(Account(broker, "watcher"));
        await using var controller = await Subscriber.StartAsync(Account(broker, "controller"), "diarizer/test/response/#");
        await using var publisher = new MqttPublisher(Account(broker, "test") with { Outbox = new() { Directory = _files.Path("state") } }, loggers: _log);
        await using var dispatcher = new CommandDispatcher(new CommandRegistry().Add(_echo), new(), publisher.Topics, publisher, _log.CreateLogger<CommandDispatcher>());
        publisher.Listen(publisher.Topics.AllRequests, dispatcher.Take);
        publisher.Start();
        await watcher.WaitForAsync("diarizer/test/status", "online");
        publisher.Publish(new("diarizer/test/streams/a/turns", "{}"u8.ToArray(), Durable: true));
        await watcher.WaitForAsync("diarizer/test/streams/a/turns", "{}");

        await Assert.ThrowsAsync<MqttRejectedException>(() => watcher.PublishAsync(Echo("from the watcher")));
        await Assert.ThrowsAsync<MqttRejectedException>(() => controller.PublishAsync(MqttMessage.State("diarizer/test/status", "offline")));
        await controller.PublishAsync(Echo("from the controller"));
        await Eventually.TrueAsync(() => controller.Messages.Count == 1, () => "the answer");
        Assert.Equal(["from the controller"], _echo.Heard);
        Assert.DoesNotContain(watcher.Messages, m => m.Topic.Contains("/request/", StringComparison.Ordinal) || m.Topic.Contains("/response/", StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Lines, line => line.Contains(Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_the_right_account_nothing_is_read_or_sent()
    {
        await using var broker = await StartAsync();
        var right = Account(broker, "watcher");
        foreach (var wrong in (MqttOptions[])[right with { UserName = null, PasswordFile = null }, right with { UserName = "stranger" }, right with { PasswordFile = _files.Write("guess", "guess\n") }])
        {
            await using var connection = MqttConnections.Create();
            await Assert.ThrowsAsync<MqttConnectionException>(() => connection.ConnectAsync(new(wrong.Validate(), null), Token));
        }
    }

    [Fact]
    public async Task An_event_that_the_acl_forbids_is_dropped_counted_and_announced()
    {
        await using var broker = await StartAsync();
        await using var watcher = await Subscriber.StartAsync(Account(broker, "watcher"));
        await using var publisher = new MqttPublisher(Account(broker, "test") with { Outbox = new() { Directory = _files.Path("state") } }, loggers: _log);
        publisher.Start();
        publisher.Publish(new("diarizer/other/streams/a/turns", "{}"u8.ToArray(), Durable: true));
        publisher.Publish(new("diarizer/test/streams/a/turns", "{}"u8.ToArray(), Durable: true));
        await watcher.WaitForAsync("diarizer/test/streams/a/turns", "{}");
        await Eventually.TrueAsync(() => watcher.On("diarizer/test/event").Any(e => e.Contains("the broker does not take them", StringComparison.Ordinal)), () => "the announcement");
        Assert.Equal(1, publisher.Counters.Dropped);
    }

    [Fact]
    public async Task Audio_of_a_satellite_is_sent_by_it_and_heard_by_its_node_alone()
    {
        const string Topic = "hermes/audioServer/kitchen/audioFrame";
        await using var broker = await StartAsync();
        await using var watcher = await Subscriber.StartAsync(Account(broker, "watcher"), "hermes/#");
        await using var satellite = await Subscriber.StartAsync(Account(broker, "kitchen"), "hermes/#");
        await using var node = new MqttPublisher(Account(broker, "hall") with { Node = "hall", Outbox = new() { Directory = _files.Path("state") } }, loggers: _log);
        var heard = 0;
        node.Listen(Topic, message => Interlocked.Add(ref heard, message.Payload.Length), MqttQos.AtMostOnce);
        node.Start();
        await Eventually.TrueAsync(() => node.IsConnected, () => "the connection");
        await Assert.ThrowsAsync<MqttRejectedException>(() => watcher.PublishAsync(new(Topic, new byte[100])));
        await Assert.ThrowsAsync<MqttRejectedException>(() => satellite.PublishAsync(new("hermes/audioServer/hall/audioFrame", new byte[100])));
        for (var n = 0; n < 5; n++)
            await satellite.PublishAsync(new(Topic, new byte[1000]));
        await Eventually.TrueAsync(() => Volatile.Read(ref heard) == 5000, () => "the audio");
        Assert.Empty(watcher.Messages);
        Assert.Empty(satellite.Messages);
    }

    private static MqttMessage Echo(string word) => new("diarizer/test/request/test/echo", Encoding.UTF8.GetBytes($$$"""{"data":{"word":"{{{word}}}"}}"""));

    private async Task<TestBroker> StartAsync()
    {
        TestBroker.Require();
        var passwords = _files.Write("passwords", "");
        foreach (var user in (string[])["test", "hall", "kitchen", "watcher", "controller"])
        {
            using var tool = Process.Start("mosquitto_passwd", ["-b", passwords, user, Password]);
            await tool.WaitForExitAsync(Token);
        }
        var acl = _files.Write("acl", Acl().Match(File.ReadAllText(Documentation.Of("security.md"))).Groups[1].Value);
        var (certificate, key) = _authority.Issue("localhost", forServer: true);
        return await TestBroker.StartAsync(
            "allow_anonymous false", $"password_file {passwords}", $"acl_file {acl}", $"cafile {_authority.File}", $"certfile {certificate}", $"keyfile {key}", "tls_version tlsv1.2");
    }

    private MqttOptions Account(TestBroker broker, string user) => broker.Options with
    {
        Host = "localhost",
        Tls = new() { CaFile = _authority.File },
        UserName = user,
        PasswordFile = _files.Write($"{user}.password", Password + "\n"),
    };

    [GeneratedRegex("^```acl\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Acl();
}
