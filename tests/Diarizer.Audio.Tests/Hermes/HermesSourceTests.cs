using System.Buffers.Binary;
using Diarizer.Audio.Hermes;
using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Tests.Hermes;

public class HermesSourceTests
{
    [Fact]
    public void The_topic_is_that_of_the_site() =>
        Assert.Equal("hermes/audioServer/kitchen.2/audioFrame", Open("hermes:kitchen.2").Topic);

    [Theory]
    [InlineData("hermes:")]
    [InlineData("hermes:a/b")]
    [InlineData("hermes:+")]
    [InlineData("hermes:#")]
    public void A_site_that_is_none(string uri) =>
        Assert.Contains("hermes:SITE", Assert.Throws<UserErrorException>(() => AudioSources.Open(uri)).Message);

    [Fact]
    public void Frames_are_wav_files_with_or_without_more_chunks()
    {
        using var source = Open("hermes:kitchen");
        source.Take(Wav([1000, -1000]));
        source.Take(Wav([2000, -2000], before: [.. "time"u8, 8, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]));
        // A recorder that does not know its end.
        var open = Wav([3000, -3000]);
        BinaryPrimitives.WriteUInt32LittleEndian(open.AsSpan(40), uint.MaxValue);
        source.Take(open);
        var (heard, buffer) = (new List<float>(), new float[160]);
        while (heard.Count < 6) heard.AddRange(buffer.AsSpan(0, source.Read(buffer).Frames));
        Assert.Equal(new[] { 1000, -1000, 2000, -2000, 3000, -3000 }.Select(value => value / 32_768f), heard);
        Assert.Equal(3, source.Statistics.Packets!.Received);
    }

    public static TheoryData<string, byte[]> Damaged => new()
    {
        { "not_wav", [] },
        { "not_wav", [.. "RIFF\0\0\0\0WAVE"u8] },
        { "not_wav", [.. "RIFF\0\0\0\0WAVEdata\0\0\0\0"u8] },
        { "not_wav", Wav([1, 2])[..30] },
        { "not_wav", Changed(20, 2) },
        { "not_wav", Changed(34, 8) },
        { "not_wav", Changed(16, 255) },
        { "format", Changed(24, 0, 0) },
        { "format", Changed(22, 0) },
        { "half_frame", Wav([1, 2])[..^1] },
        { "empty", Wav([]) },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void Damaged_frames_are_refused_once_aloud(string reason, byte[] frame)
    {
        var complaints = new List<SourceEvent>();
        using var source = (HermesSource)AudioSources.Open("hermes:kitchen", new() { OnEvent = complaints.Add });
        for (var n = 0; n < 3; n++) source.Take(frame);
        Assert.Equal([new(reason, 3)], source.Statistics.Packets!.Rejected);
        Assert.Single(complaints);
    }

    private static HermesSource Open(string uri) => (HermesSource)AudioSources.Open(uri);

    private static byte[] Changed(int at, params byte[] values)
    {
        var bytes = Wav([1, 2]);
        values.CopyTo(bytes, at);
        return bytes;
    }

    private static byte[] Wav(short[] samples, byte[]? before = null)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("RIFF"u8);
        writer.Write(36 + (before?.Length ?? 0) + samples.Length * 2);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((ushort)1);
        writer.Write((ushort)1);
        writer.Write(16_000);
        writer.Write(32_000);
        writer.Write((ushort)2);
        writer.Write((ushort)16);
        if (before is not null) writer.Write(before);
        writer.Write("data"u8);
        writer.Write(samples.Length * 2);
        foreach (var sample in samples) writer.Write(sample);
        return stream.ToArray();
    }
}
