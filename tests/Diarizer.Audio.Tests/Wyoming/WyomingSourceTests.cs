using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Diarizer.Audio.Sources;
using Diarizer.Audio.Tests.Network;

namespace Diarizer.Audio.Tests.Wyoming;

public class WyomingSourceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly int _port = FreePort.Tcp();
    private readonly List<SourceEvent> _events = [];

    [Fact]
    public void A_satellite_is_heard()
    {
        using var source = Open();
        using var satellite = Connect();
        Send(satellite, "{\"type\":\"audio-start\",\"data\":{\"rate\":16000,\"width\":2,\"channels\":1}}\n");
        SendChunks(satellite, 20);
        Assert.Equal(20 * 320, Hear(source, 20 * 320));
        Send(satellite, "{\"type\":\"audio-stop\"}\n");
        Assert.Equal((20L, 1L), (source.Statistics.Packets!.Received, source.Statistics.Packets!.Senders));
    }

    [Fact]
    public void Questions_are_answered()
    {
        using var source = Open();
        using var satellite = Connect();
        using var reader = new StreamReader(new NetworkStream(satellite));
        Send(satellite, "{\"type\":\"describe\"}\n{\"type\":\"ping\"}\n");
        Assert.StartsWith("{\"type\":\"info\",\"data\":{\"asr\":[]", reader.ReadLine());
        Assert.Equal("{\"type\":\"pong\"}", reader.ReadLine());
    }

    [Fact]
    public void The_first_satellite_keeps_the_floor_until_it_leaves()
    {
        using var source = Open();
        using var first = Connect();
        SendChunks(first, 1);
        Hear(source, 320);
        using (var second = Connect())
        {
            SendChunks(second, 5);
            WaitFor(() => source.Statistics.Packets!.Rejected.GetValueOrDefault("other_sender") == 5);
        }

        first.Dispose();
        using var third = Connect();
        WaitFor(() =>
        {
            SendChunks(third, 1);
            return source.Statistics.Packets!.Senders == 2;
        });
    }

    [Fact]
    public void Who_sends_what_cannot_be_used_does_not_hold_the_floor()
    {
        using var source = Open();
        using var broken = Connect();
        Send(broken, "{\"type\":\"audio-chunk\",\"data\":{\"rate\":16000,\"width\":2,\"channels\":1},\"payload_length\":3}\nabc");
        WaitFor(() => source.Statistics.Packets!.Rejected.GetValueOrDefault("half_frame") == 1);
        using var sound = Connect();
        SendChunks(sound, 1);
        Assert.Equal(320, Hear(source, 320));
        Assert.Equal(1, source.Statistics.Packets!.Senders);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "not_wyoming")]
    [InlineData("{\"type\":\"audio-chunk\",\"payload_length\":9999999}\n", "not_wyoming")]
    [InlineData("{\"type\":\"audio-chunk\",\"data\":{\"rate\":16000,\"width\":1,\"channels\":1},\"payload_length\":2}\nab", "format")]
    [InlineData("{\"type\":\"audio-chunk\",\"data\":{\"rate\":16000,\"width\":2,\"channels\":1},\"payload_length\":3}\nabc", "half_frame")]
    public void What_cannot_be_used_is_told_once(string text, string reason)
    {
        using var source = Open();
        for (var times = 1; times <= 3; times++)
        {
            using var satellite = Connect();
            Send(satellite, text);
            var wanted = times;
            WaitFor(() => source.Statistics.Packets!.Rejected.GetValueOrDefault(reason) == wanted);
        }

        lock (_events) Assert.Equal("wyoming://127.0.0.1:" + _port, Assert.Single(_events).Uri);
    }

    [Fact]
    public void Only_those_who_may_send_are_let_in()
    {
        using var source = Open("?source=192.0.2.0/24");
        using var satellite = Connect();
        Assert.Equal(0, satellite.Receive(new byte[1]));
        Assert.Equal(1, source.Statistics.Packets!.Rejected["address"]);
    }

    [Fact]
    public void A_crowd_is_turned_away()
    {
        using var source = Open();
        var crowd = Enumerable.Range(0, 12).Select(_ => Connect()).ToList();
        WaitFor(() => source.Statistics.Packets!.Rejected.GetValueOrDefault("connections") == 4);
        crowd.ForEach(socket => socket.Dispose());
        WaitFor(() =>
        {
            using var satellite = Connect();
            SendChunks(satellite, 1);
            return source.Statistics.Packets!.Received > 0;
        });
    }

    [Fact]
    public async Task A_satellite_that_is_a_server_is_called_and_called_again()
    {
        using var server = new TcpListener(IPAddress.Loopback, _port);
        server.Start();
        using var source = Open("?mode=connect", new() { ReopenMinimum = TimeSpan.FromMilliseconds(20) });
        for (var times = 1; times <= 2; times++)
        {
            using var satellite = await server.AcceptSocketAsync(TestContext.Current.CancellationToken);
            using var reader = new StreamReader(new NetworkStream(satellite));
            Assert.Equal("{\"type\":\"describe\"}", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
            Assert.Equal("{\"type\":\"run-satellite\"}", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
            SendChunks(satellite, 5);
            Assert.Equal(5 * 320, Hear(source, 5 * 320));
        }
    }

    [Theory]
    [InlineData("wyoming://:10700?mode=connect", "what to connect to")]
    [InlineData("wyoming://host:10700?mode=connect&source=10.0.0.1", "only mode=listen")]
    [InlineData("wyoming://host:10700", "is no address")]
    [InlineData("wyoming://0.0.0.0:10700?mode=serve", "one of listen, connect")]
    [InlineData("wyoming://0.0.0.0:10700?rate=16000", "it knows mode, source")]
    public void Mistakes_are_one_sentence(string uri, string part) =>
        Assert.Contains(part, Assert.Throws<UserErrorException>(() => AudioSources.Open(uri)).Message);

    [Fact]
    public void A_port_has_one_listener()
    {
        using var source = Open();
        Assert.Contains("choose another", Assert.Throws<UserErrorException>(() => Open()).Message);
    }

    private IAudioSource Open(string query = "", AudioSourceOptions? options = null) =>
        AudioSources.Open($"wyoming://127.0.0.1:{_port}{query}", (options ?? new()) with { OnEvent = Keep });

    private void Keep(SourceEvent happened)
    {
        lock (_events) _events.Add(happened);
    }

    private Socket Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, _port);
        return socket;
    }

    private static void Send(Socket socket, string text) => socket.Send(Encoding.UTF8.GetBytes(text));

    private static void SendChunks(Socket socket, int count)
    {
        for (var n = 0; n < count; n++)
            socket.Send([.. "{\"type\":\"audio-chunk\",\"data\":{\"rate\":16000,\"width\":2,\"channels\":1},\"payload_length\":640}\n"u8, .. new byte[640]]);
    }

    private static int Hear(IAudioSource source, int wanted)
    {
        var (frames, buffer, clock) = (0, new float[1600], Stopwatch.StartNew());
        while (frames < wanted && clock.Elapsed < Patience) frames += source.Read(buffer).Frames;
        return frames;
    }

    private static void WaitFor(Func<bool> condition)
    {
        for (var clock = Stopwatch.StartNew(); !condition(); Thread.Sleep(10)) Assert.True(clock.Elapsed < Patience);
    }
}
