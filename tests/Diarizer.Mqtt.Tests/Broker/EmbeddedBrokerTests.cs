using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Diarizer.Mqtt.Broker;
using Diarizer.Mqtt.Connection;
using Diarizer.Mqtt.Publishing;
using Diarizer.Mqtt.Tests.Support;

namespace Diarizer.Mqtt.Tests.Broker;

public class EmbeddedBrokerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_carries_messages_on_loopback_and_is_gone_after_disposal()
    {
        RequireProgram();
        var broker = await EmbeddedBroker.StartAsync(port: 0, cancellationToken: Token);
        Assert.Equal("127.0.0.1", broker.Host);
        await using (var subscriber = await Subscriber.StartAsync(OptionsFor(broker)))
        {
            await using var publisher = new MqttPublisher(OptionsFor(broker));
            publisher.Start();
            await subscriber.WaitForAsync("diarizer/test/status", "online");
        }
        Assert.All(ListenersOn(broker.Port), address => Assert.Equal(IPAddress.Loopback, address));
        var watch = Stopwatch.StartNew();
        await broker.DisposeAsync();
        Assert.InRange(watch.ElapsedMilliseconds, 0, 2000);
        Assert.Empty(ListenersOn(broker.Port));
    }

    [Fact]
    public async Task A_given_port_is_used_and_an_occupied_one_is_told_in_one_sentence()
    {
        RequireProgram();
        var port = TestBroker.FreePort();
        await using var broker = await EmbeddedBroker.StartAsync(port, cancellationToken: Token);
        Assert.Equal(port, broker.Port);
        var e = await Assert.ThrowsAsync<UserErrorException>(() => EmbeddedBroker.StartAsync(port, cancellationToken: Token));
        Assert.Contains($"127.0.0.1:{port}", e.Message, StringComparison.Ordinal);
        Assert.Contains("Mqtt:Port", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public async Task A_port_held_on_all_addresses_is_occupied_too()
    {
        using var other = new TcpListener(IPAddress.Any, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await Assert.ThrowsAsync<UserErrorException>(() => EmbeddedBroker.StartAsync(port, cancellationToken: Token));
    }

    [Fact]
    public async Task Without_a_port_it_starts_wherever_there_is_room()
    {
        RequireProgram();
        await using var one = await EmbeddedBroker.StartAsync(cancellationToken: Token);
        await using var two = await EmbeddedBroker.StartAsync(cancellationToken: Token);
        Assert.NotEqual(one.Port, two.Port);
    }

#if STACK_SYSTEM
    [Fact]
    public async Task A_dead_broker_is_started_again_and_the_publisher_finds_it()
    {
        RequireProgram();
        await using var broker = (MosquittoBroker)await EmbeddedBroker.StartAsync(port: 0, cancellationToken: Token);
        await using var publisher = new MqttPublisher(OptionsFor(broker));
        publisher.Start();
        await Eventually.TrueAsync(() => publisher.IsConnected, () => "the connection");
        using (var child = Process.GetProcessById(broker.ProcessId))
            child.Kill();
        await Eventually.TrueAsync(() => publisher.Counters.Connects == 2, () => "the second connection");
    }

    [Fact]
    public async Task The_broker_does_not_outlive_a_killed_parent()
    {
        RequireProgram();
        Assert.SkipUnless(File.Exists("/usr/bin/setpriv"), "setpriv is not installed");
        // A parent that is killed is needed: a shell that starts the same command.
        using var configuration = new MosquittoConfiguration(TestBroker.FreePort());
        var command = MosquittoCommand.For(configuration.File);
        var shell = new ProcessStartInfo("/bin/sh", ["-c", "\"$@\" & echo $!; sleep 1; kill -9 $$", "sh", command.FileName, .. command.ArgumentList])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var parent = Process.Start(shell)!;
        var child = int.Parse((await parent.StandardOutput.ReadLineAsync(Token))!, provider: null);
        Assert.True(Directory.Exists($"/proc/{child}"));
        await parent.WaitForExitAsync(Token);
        await Eventually.TrueAsync(() => IsGone(child), () => "the end of the orphan");
    }

    [Fact]
    public async Task An_interrupt_from_the_terminal_does_not_reach_the_broker()
    {
        RequireProgram();
        await using var broker = (MosquittoBroker)await EmbeddedBroker.StartAsync(port: 0, cancellationToken: Token);
        var session = (await File.ReadAllTextAsync($"/proc/{broker.ProcessId}/stat", Token)).Split(' ')[5];
        Assert.Equal($"{broker.ProcessId}", session);
    }

    [Fact]
    public async Task The_broker_runs_without_privileges()
    {
        RequireProgram();
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root has privileges to lose");
        await using var broker = (MosquittoBroker)await EmbeddedBroker.StartAsync(port: 0, cancellationToken: Token);
        var uid = (await File.ReadAllLinesAsync($"/proc/{broker.ProcessId}/status", Token)).Single(line => line.StartsWith("Uid:", StringComparison.Ordinal));
        Assert.DoesNotContain("\t0", uid, StringComparison.Ordinal);
    }

    private static bool IsGone(int process)
    {
        try
        {
            // A container's first process may leave the dead uncollected.
            return File.ReadAllText($"/proc/{process}/stat").Split(' ')[2] == "Z";
        }
        catch (IOException)
        {
            return true;
        }
    }
#endif

    private static void RequireProgram()
    {
#if STACK_SYSTEM
        TestBroker.Require();
#endif
    }

    private static MqttOptions OptionsFor(IEmbeddedBroker broker) => new()
    {
        Host = broker.Host,
        Port = broker.Port,
        Node = "test",
        BackoffMin = TimeSpan.FromMilliseconds(50),
    };

    private static IEnumerable<IPAddress> ListenersOn(int port) =>
        System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(l => l.Port == port).Select(l => l.Address);
}
