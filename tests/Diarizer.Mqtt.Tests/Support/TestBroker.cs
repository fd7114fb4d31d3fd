using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Diarizer.Mqtt.Tests.Support;

/// <summary>A real mosquitto on loopback that a test may kill and start again on the same port.</summary>
internal sealed class TestBroker : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("broker-test-").FullName;
    private readonly string _configuration;
    private Process? _process;

    private TestBroker(int port, IEnumerable<string> extra)
    {
        Port = port;
        _configuration = Path.Combine(_directory, "mosquitto.conf");
        // The broker takes the socket options first, then those that hold for the listener.
        File.WriteAllLines(_configuration,
        [
            $"listener {port} 127.0.0.1", "persistence false", "log_dest stderr", "log_type error",
            .. Environment.IsPrivilegedProcess ? ["user root"] : Array.Empty<string>(),
            .. extra.DefaultIfEmpty("allow_anonymous true"),
        ]);
    }

    public int Port { get; }

    public MqttOptions Options => new()
    {
        Host = "127.0.0.1",
        Port = Port,
        Node = "test",
        BackoffMin = TimeSpan.FromMilliseconds(50),
        WillDelay = TimeSpan.Zero,
    };

    public static void Require() => Assert.SkipUnless(File.Exists("/usr/sbin/mosquitto"), "mosquitto is not installed");

    public static async Task<TestBroker> StartAsync(params string[] extra)
    {
        Require();
        var broker = new TestBroker(FreePort(), extra);
        await broker.StartAgainAsync();
        return broker;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async Task StartAgainAsync()
    {
        _process = Process.Start(new ProcessStartInfo("/usr/sbin/mosquitto", ["-c", _configuration]) { RedirectStandardError = true })!;
        _process.ErrorDataReceived += (_, line) => TestContext.Current.TestOutputHelper?.WriteLine(line.Data ?? "");
        for (var i = 0; i < 500; i++)
        {
            Assert.False(_process.HasExited, "mosquitto ended: " + (_process.HasExited ? await _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) : ""));
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, Port, TestContext.Current.CancellationToken);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }
        }
        Assert.Fail("mosquitto does not accept connections");
    }

    public async Task KillAsync()
    {
        if (_process is null)
            return;
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
