using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Diarizer.Service.Tests.EndToEnd;

/// <summary>A real mosquitto on a free port of this machine.</summary>
internal sealed class Broker : IDisposable
{
    private readonly Process _process;

    public Broker(int? port = null)
    {
        Port = port ?? FreePort();
        var program = File.Exists("/usr/sbin/mosquitto") ? "/usr/sbin/mosquitto" : "mosquitto";
        _process = Process.Start(new ProcessStartInfo(program, ["-p", $"{Port}"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        WaitUntilListening();
    }

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void WaitUntilListening()
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            try
            {
                using var client = new TcpClient();
                client.Connect(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException)
            {
                Thread.Sleep(50);
            }
        }

        throw new TimeoutException("mosquitto did not start.");
    }
}
