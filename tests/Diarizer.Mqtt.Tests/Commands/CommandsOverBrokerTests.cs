using System.Diagnostics;
using System.Text;
using Diarizer.Mqtt.Commands;
using Diarizer.Mqtt.Publishing;
using Diarizer.Mqtt.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diarizer.Mqtt.Tests.Commands;

/// <summary>Commands through a real broker.</summary>
public class CommandsOverBrokerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_independent_client_gets_its_answer_on_its_own_topic_with_its_correlation_data()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mosquitto_rr"), "mosquitto-clients are not installed");
        await using var broker = await TestBroker.StartAsync();
        await using var node = await Node.StartAsync(broker.Options);
        string[] arguments =
        [
            "-p", $"{broker.Port}", "-V", "5", "-W", "5", "-q", "1", "-t", "diarizer/test/request/test/echo", "-e", "asker/answers", "-D", "publish", "correlation-data", "c-17",
            "-m", """{"data":{"word":"ja"},"transaction":1}""", "-F", "%t %D %p",
        ];
        using var client = Process.Start(new ProcessStartInfo("mosquitto_rr", arguments) { RedirectStandardOutput = true })!;
        var line = await client.StandardOutput.ReadToEndAsync(Token);
        Assert.Equal("""asker/answers c-17 {"data":{"words":"ja"},"status":"ok","error":null,"transaction":1}""" + "\n", line);
    }

    [Theory]
    [InlineData(MqttProtocol.V5)]
    [InlineData(MqttProtocol.V311)]
    public async Task Commands_work_after_a_reconnect_and_in_both_protocols(MqttProtocol protocol)
    {
        await using var broker = await TestBroker.StartAsync();
        await using var gate = new Gate(broker.Port);
        await using var node = await Node.StartAsync(broker.Options with { Port = gate.Port, Protocol = protocol });
        await using var asker = await Subscriber.StartAsync(broker.Options, "diarizer/test/response/#");
        gate.Cut();
        await Eventually.TrueAsync(() => node.Publisher.Counters.Connects == 2, () => "the second connection");
        await asker.PublishAsync(new("diarizer/test/request/test/echo", "{\"data\":{\"word\":\"ja\"}}"u8.ToArray()));
        await Eventually.TrueAsync(() => asker.Messages.Count == 1, () => "the answer");
        Assert.Equal("diarizer/test/response/test/echo", asker.Messages[0].Topic);
    }

    [Fact]
    public async Task A_command_sent_while_the_connection_is_down_is_executed_when_it_is_back()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var gate = new Gate(broker.Port);
        await using var node = await Node.StartAsync(broker.Options with { Port = gate.Port });
        await using var asker = await Subscriber.StartAsync(broker.Options, "diarizer/test/response/#");
        gate.Close();
        await Eventually.TrueAsync(() => !node.Publisher.IsConnected, () => "the loss to be noticed");
        await asker.PublishAsync(new("diarizer/test/request/test/echo", "{\"data\":{\"word\":\"ja\"}}"u8.ToArray()));
        gate.Open();
        await Eventually.TrueAsync(() => asker.Messages.Count == 1, () => "the answer");
    }

    [Fact]
    public async Task A_packet_beyond_the_bound_does_not_arrive_and_the_node_lives_on()
    {
        await using var broker = await TestBroker.StartAsync();
        var options = broker.Options with { Commands = new() { MaxKilobytes = 1 } };
        await using var node = await Node.StartAsync(options);
        await using var asker = await Subscriber.StartAsync(broker.Options, "diarizer/test/response/#");
        foreach (var bytes in (int[])[2 * (int)options.Commands.MaxPacketBytes, 2000, 0])
            await asker.PublishAsync(new("diarizer/test/request/test/echo", Encoding.UTF8.GetBytes($"{{\"data\":{{\"word\":\"ja\"}},\"transaction\":{bytes}}}" + new string(' ', bytes))));
        await Eventually.TrueAsync(() => asker.Messages.Count == 2, () => "two answers");
        Assert.Contains("at most 1024", asker.Messages[0].Text, StringComparison.Ordinal);
        Assert.Contains("\"transaction\":0", asker.Messages[1].Text, StringComparison.Ordinal);
        Assert.Equal(1, node.Publisher.Counters.Connects);
    }

    private sealed class Node : IAsyncDisposable
    {
        private readonly CommandDispatcher _dispatcher;

        private Node(MqttOptions options)
        {
            Publisher = new MqttPublisher(options);
            _dispatcher = new(new CommandRegistry().Add(new EchoCommand()), options.Commands, Publisher.Topics, Publisher, NullLogger<CommandDispatcher>.Instance);
        }

        public MqttPublisher Publisher { get; }

        public static async Task<Node> StartAsync(MqttOptions options)
        {
            var node = new Node(options);
            node.Publisher.Start();
            await Eventually.TrueAsync(() => node.Publisher.IsConnected, () => "the connection");
            // Late on purpose: a publisher that is connected already subscribes at once.
            node.Publisher.Listen(node.Publisher.Topics.AllRequests, node._dispatcher.Take);
            await Task.Delay(200, Token);
            return node;
        }

        public async ValueTask DisposeAsync()
        {
            await _dispatcher.DisposeAsync();
            await Publisher.DisposeAsync();
        }
    }
}
