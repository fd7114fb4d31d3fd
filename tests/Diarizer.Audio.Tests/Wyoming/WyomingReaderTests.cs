using System.Text;
using Diarizer.Audio.Wyoming;

namespace Diarizer.Audio.Tests.Wyoming;

public class WyomingReaderTests
{
    [Theory]
    [InlineData("{\"type\":\"audio-chunk\",\"data\":{\"rate\":16000,\"width\":2,\"channels\":1},\"payload_length\":4}\nabcd")]
    [InlineData("{\"type\":\"audio-chunk\",\"version\":\"1.5.4\",\"data_length\":39,\"payload_length\":4}\n{\"rate\":16000,\"width\":2,\"channels\":1  }abcd")]
    [InlineData("{\"payload_length\":4,\"type\":\"audio-chunk\",\"data\":{\"timestamp\":[1,{\"rate\":7}],\"channels\":1,\"width\":2,\"rate\":16000}}\nabcd")]
    public void A_chunk_in_all_its_forms(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text + "{\"type\":\"ping\"}\n");
        Assert.Equal(text.Length, WyomingReader.Read(bytes, out var chunk));
        Assert.Equal((WyomingKind.AudioChunk, 16_000, 2, 1), (chunk.Kind, chunk.Rate, chunk.Width, chunk.Channels));
        Assert.Equal("abcd"u8, chunk.Payload);
        Assert.Equal(16, WyomingReader.Read(bytes.AsSpan(text.Length), out var ping));
        Assert.Equal(WyomingKind.Ping, ping.Kind);
        // Whatever is cut off is waited for.
        for (var length = 0; length < text.Length; length++) Assert.Equal(0, WyomingReader.Read(bytes.AsSpan(0, length), out _));
    }

    [Theory]
    [InlineData("{\"type\":\"describe\"}\n", nameof(WyomingKind.Describe))]
    [InlineData("{\"type\":\"audio-start\",\"data\":null}\n", nameof(WyomingKind.AudioStart))]
    [InlineData("{\"type\":\"audio-stop\"}\n", nameof(WyomingKind.AudioStop))]
    [InlineData("{\"type\":\"run-pipeline\",\"data\":{\"start_stage\":\"asr\"}}\n", nameof(WyomingKind.Other))]
    [InlineData("{}\n", nameof(WyomingKind.Other))]
    public void Kinds(string text, string kind)
    {
        Assert.Equal(text.Length, WyomingReader.Read(Encoding.UTF8.GetBytes(text), out var read));
        Assert.Equal(kind, read.Kind.ToString());
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("\n")]
    [InlineData("[]\n")]
    [InlineData("{\"type\":\"ping\"\n")]
    [InlineData("{\"type\":\"ping\"} {}\n")]
    [InlineData("{\"type\":7}\n")]
    [InlineData("{\"type\":\"ping\",\"payload_length\":-1}\n")]
    [InlineData("{\"type\":\"ping\",\"payload_length\":262145}\n")]
    [InlineData("{\"type\":\"ping\",\"data_length\":65537}\n")]
    [InlineData("{\"type\":\"ping\",\"payload_length\":1e9}\n")]
    [InlineData("{\"type\":\"ping\",\"payload_length\":\"4\"}\n")]
    [InlineData("{\"type\":\"audio-chunk\",\"data_length\":2}\n{]")]
    public void What_is_not_wyoming(string text) =>
        Assert.Throws<WyomingException>(() => WyomingReader.Read(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void A_line_without_an_end_is_not_kept_for_ever() =>
        Assert.Throws<WyomingException>(() => WyomingReader.Read(Enumerable.Repeat((byte)'{', WyomingReader.MostLine + 1).ToArray(), out _));
}
