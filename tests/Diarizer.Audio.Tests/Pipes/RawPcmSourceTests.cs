using System.Runtime.InteropServices;
using Diarizer.Audio.Capturing;
using Diarizer.Audio.Pipes;
using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Tests.Pipes;

public class RawPcmSourceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4096)]
    public async Task Bytes_may_come_in_any_pieces(int piece)
    {
        var values = Enumerable.Range(-500, 1000).Select(n => (short)(n * 17)).ToArray();
        var (samples, _) = await PlayAsync("stdin:", MemoryMarshal.AsBytes<short>(values).ToArray(), piece);
        Assert.Equal(values.Select(value => value / 32_768f), samples);
    }

    [Fact]
    public async Task Floats_in_stereo_at_another_rate()
    {
        var values = Tone.Sine(1000, 48_000, 48_000).SelectMany(sample => new[] { sample, sample }).ToArray();
        var (samples, _) = await PlayAsync("stdin:?rate=48000&channels=2&format=f32le", MemoryMarshal.AsBytes<float>(values).ToArray(), 1000);
        Assert.Equal(16_000, samples.Length);
        Assert.Equal(0.5, Tone.Fit(samples.AsSpan(2000, 12_000), 1000, 16_000).Amplitude, 0.001);
    }

    [Fact]
    public async Task An_odd_byte_at_the_end_is_left_out_and_reported()
    {
        var (samples, events) = await PlayAsync("stdin:", [0, 64, 0, 64, 7], 4096);
        Assert.Equal([0.5f, 0.5f], samples);
        var irregular = Assert.Single(events);
        Assert.Equal(SourceEventKind.Irregular, irregular.Kind);
        Assert.Contains("1 byte(s)", irregular.Message);
    }

    [Fact]
    public async Task No_bytes_at_all_are_an_empty_stream() => Assert.Empty((await PlayAsync("stdin:", [], 1)).Samples);

    [Fact]
    public async Task A_file_with_a_header_is_refused()
    {
        var error = await Assert.ThrowsAsync<UserErrorException>(() => PlayAsync("stdin:", Files.WavBytes.Make(100), 4096));
        Assert.Contains("raw PCM", error.Message);
    }

    [Theory]
    [InlineData("stdin:?rate=0")]
    [InlineData("stdin:?rate=1")]
    [InlineData("stdin:?rate=10000000")]
    [InlineData("stdin:?rate=fast")]
    [InlineData("stdin:?channels=0")]
    [InlineData("stdin:?channels=1000")]
    [InlineData("stdin:?format=mp3")]
    [InlineData("stdin:?volume=3")]
    [InlineData("stdin:?rate")]
    [InlineData("stdin:?rate=8000&rate=16000")]
    [InlineData("stdin:music")]
    public void Bad_settings_are_refused(string uri) =>
        Assert.Contains($"'{uri}'", Assert.Throws<UserErrorException>(() => AudioSources.Open(uri, new() { StandardInput = Stream.Null })).Message);

    [Theory]
    [InlineData(PcmEncoding.S16, new byte[] { 0, 0x80 }, -1f)]
    [InlineData(PcmEncoding.S24Packed, new byte[] { 0, 0, 0x80 }, -1f)]
    [InlineData(PcmEncoding.S24Packed, new byte[] { 0xFF, 0xFF, 0xFF }, -1 / 8_388_608f)]
    [InlineData(PcmEncoding.S24Packed, new byte[] { 0, 0, 0x40 }, 0.5f)]
    [InlineData(PcmEncoding.S32, new byte[] { 0, 0, 0, 0x40 }, 0.5f)]
    [InlineData(PcmEncoding.F32, new byte[] { 0, 0, 0, 0x3F }, 0.5f)]
    public void Full_scale_is_one(PcmEncoding encoding, byte[] bytes, float expected)
    {
        var sample = new float[1];
        encoding.ToFloat(bytes, sample);
        Assert.Equal(expected, sample[0]);
    }

    private static async Task<(float[] Samples, List<SourceEvent> Events)> PlayAsync(string uri, byte[] bytes, int piece)
    {
        var events = new List<SourceEvent>();
        using var capture = Capture.Start(AudioSources.Open(uri, new() { StandardInput = new Dribble(bytes, piece), OnEvent = events.Add }));
        return ((await capture.ReadAllAsync()).Samples, events);
    }

    /// <summary>Gives a few bytes at a time, as a pipe does.</summary>
    private sealed class Dribble(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, piece));
    }
}
