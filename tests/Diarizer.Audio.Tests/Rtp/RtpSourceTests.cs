using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Diarizer.Audio.Rtp;
using Diarizer.Audio.Sources;
using Diarizer.Audio.Tests.Network;

namespace Diarizer.Audio.Tests.Rtp;

/// <summary>Sockets and real senders.</summary>
public class RtpSourceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("pcm_s16be", "payload=L16&rate=48000", 48_000, 48_000, -80)]
    [InlineData("pcm_s24be", "payload=L24&rate=48000", 48_000, 48_000, -80)]
    [InlineData("pcm_s16be", "", 44_100, 44_100, -80)]
    [InlineData("pcm_mulaw", "", 8000, 8000, -30)]
    [InlineData("pcm_alaw", "payload=pcma", 8000, 8000, -30)]
    [InlineData("libopus", "payload=opus", 48_000, 16_000, -25)]
    public void Ffmpeg_is_heard(string codec, string query, int sent, int received, double most)
    {
        using var folder = new TemporaryFolder();
        var samples = Tone.Sine(440, sent, sent).Select(sample => (short)(sample * 32_767)).ToArray();
        File.WriteAllBytes(folder["tone.raw"], MemoryMarshal.AsBytes(samples.AsSpan()).ToArray());
        var port = FreePort.Udp();
        using var source = AudioSources.Open($"rtp://127.0.0.1:{port}?{query}");
        using var sender = SenderProgram.Start(
            "ffmpeg", "-v", "error", "-re", "-f", "s16le", "-ar", sent.ToString(CultureInfo.InvariantCulture), "-ac", "1",
            "-i", folder["tone.raw"], "-c:a", codec, "-f", "rtp", $"rtp://127.0.0.1:{port}");
        var heard = Hear(source, received * 3 / 4);
        Assert.Equal(new(received, 1), source.Format);
        // From where a codec has settled.
        var (amplitude, residual) = Tone.Fit(heard.AsSpan(received / 4, received / 2), 440, received);
        Assert.InRange(amplitude, 0.48, 0.52);
        Assert.InRange(residual, -200, most);
        Assert.Equal(0, source.Statistics.Packets!.Lost);
    }

    [Fact]
    public void A_multicast_group_is_joined()
    {
        var port = FreePort.Udp();
        using var source = AudioSources.Open($"rtp://239.255.77.7:{port}?payload=L16&rate=16000&interface=127.0.0.1");
        using var sender = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        sender.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.Loopback.GetAddressBytes());
        for (var n = 0; n < 20; n++) sender.SendTo(Wire.Make(n), new IPEndPoint(IPAddress.Parse("239.255.77.7"), port));
        Assert.Equal(20 * Wire.Packet, Hear(source, 20 * Wire.Packet).Length);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.0.0.0/8,127.0.0.0/8", true)]
    [InlineData("127.0.0.2", false)]
    public void Only_those_who_may_send_are_heard(string filter, bool isHeard)
    {
        var port = FreePort.Udp();
        var complaints = new List<SourceEvent>();
        using var source = AudioSources.Open($"rtp://127.0.0.1:{port}?payload=L16&rate=16000&source={filter}", new() { OnEvent = complaints.Add });
        using var sender = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        for (var n = 0; n < 20; n++) sender.SendTo(Wire.Make(n), new IPEndPoint(IPAddress.Loopback, port));
        var buffer = new float[1600];
        var frames = 0;
        for (var reads = 0; reads < 30; reads++) frames += source.Read(buffer).Frames;
        Assert.Equal(isHeard ? 20 * Wire.Packet : 0, frames);
        Assert.Equal(isHeard ? 0 : 20, source.Statistics.Packets!.Rejected.GetValueOrDefault("address"));
        Assert.Equal(isHeard ? 0 : 1, complaints.Count);
    }

    [Fact]
    public void A_port_has_one_listener()
    {
        var port = FreePort.Udp();
        using var first = AudioSources.Open($"rtp://127.0.0.1:{port}");
        Refused($"rtp://127.0.0.1:{port}", $"has port {port}; choose another");
    }

    [Theory]
    [InlineData("rtp://localhost:5004", "is no address")]
    [InlineData("rtp://0.0.0.0:99999", "rtp://0.0.0.0:5004")]
    [InlineData("rtp://[::1:5004", "is no address")]
    [InlineData("rtp://203.0.113.9:5004", "not an address of this machine")]
    [InlineData("rtp://:5004?payload=mp3", "one of L16, L24, PCMU, PCMA, opus")]
    [InlineData("rtp://:5004?payload=L16", "add rate=48000")]
    [InlineData("rtp://:5004?payload=L16&rate=12", "from 1000 to 768000")]
    [InlineData("rtp://:5004?payload=opus&channels=3", "from 1 to 2")]
    [InlineData("rtp://:5004?payload=opus&rate=16000", "rate=16000")]
    [InlineData("rtp://:5004?rate=48000", "does not say which codec")]
    [InlineData("rtp://:5004?jitter_ms=900", "from 0 to 500")]
    [InlineData("rtp://:5004?pt=128&payload=PCMU", "from 0 to 127")]
    [InlineData("rtp://:5004?codec=L16", "does not know; it knows payload")]
    [InlineData("rtp://:5004?source=room7", "give addresses or networks")]
    [InlineData("rtp://:5004?source=10.0.0.0/33", "give addresses or networks")]
    [InlineData("rtp://:5004?interface=eth0", "an address of this machine")]
    [InlineData("rtp://127.0.0.1:5004?interface=127.0.0.1", "only a multicast group")]
    public void Mistakes_are_one_sentence(string uri, string part) => Refused(uri, part);

    [Theory]
    [InlineData("payload=L16&rate=48000&pt=100", 100, true)]
    [InlineData("payload=L16&rate=48000&pt=100", 101, false)]
    [InlineData("payload=L16&rate=48000", 127, true)]
    [InlineData("payload=L16&rate=48000", 11, false)]
    [InlineData("payload=L16&rate=44100", 11, true)]
    [InlineData("payload=PCMU", 0, true)]
    [InlineData("payload=PCMU", 8, false)]
    [InlineData("", 8, true)]
    [InlineData("", 96, false)]
    public void Payload_types_that_are_listened_to(string query, int type, bool isWanted)
    {
        using var decoder = RtpSettings.Parse(SourceUri.Parse("rtp://:5004?" + query)).CreateDecoder(type);
        Assert.Equal(isWanted, decoder is not null);
    }

    private static float[] Hear(IAudioSource source, int frames)
    {
        var (heard, buffer, clock) = (new List<float>(), new float[4096], Stopwatch.StartNew());
        while (heard.Count < frames && clock.Elapsed < Patience) heard.AddRange(buffer.AsSpan(0, source.Read(buffer).Frames * source.Format.Channels));
        return [.. heard];
    }

    private static void Refused(string uri, string part)
    {
        var error = Assert.Throws<UserErrorException>(() => AudioSources.Open(uri).Dispose());
        Assert.Contains(part, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }
}
