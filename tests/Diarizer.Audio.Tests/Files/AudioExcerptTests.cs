using Diarizer.Audio.Files;

namespace Diarizer.Audio.Tests.Files;

public sealed class AudioExcerptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 1_000)]
    [InlineData(12_345, 4_000)]
    [InlineData(31_000, 1_000)]
    public void A_stretch_at_16_kHz_is_that_of_the_whole_file(long start, int length)
    {
        var stereo = new float[64_000];
        for (var i = 0; i < stereo.Length; i++) stereo[i] = MathF.Sin(i * 0.37f) * (i % 2 == 0 ? 0.8f : 0.1f);
        using (var writer = new WavWriter(_folder["s.wav"], 16_000, 2)) writer.Write(stereo);
        var samples = new float[length];
        Assert.Equal(length, AudioExcerpt.Read(_folder["s.wav"], start, samples));
        Assert.Equal(AudioFile.ReadMono16k(_folder["s.wav"]).AsSpan((int)start, length).ToArray(), samples);
    }

    [Theory]
    [InlineData(44_100)]
    [InlineData(8_000)]
    [InlineData(11_025)]
    [InlineData(48_000)]
    public void A_resampled_stretch_is_nearly_that_of_the_whole_file(int rate)
    {
        var samples = new float[4 * rate];
        for (var i = 0; i < samples.Length; i++) samples[i] = 0.4f * MathF.Sin(2 * MathF.PI * 300 * i / rate) + 0.3f * MathF.Sin(2 * MathF.PI * 1_707 * i / rate);
        WavWriter.WriteMono(_folder["r.wav"], samples, rate);
        var whole = AudioFile.ReadMono16k(_folder["r.wav"]);
        var stretch = new float[5_000];
        Assert.Equal(stretch.Length, AudioExcerpt.Read(_folder["r.wav"], 30_011, stretch));
        for (var i = 0; i < stretch.Length; i++) Assert.Equal(whole[30_011 + i], stretch[i], 1e-4f);
        Assert.Equal(whole.Length, AudioExcerpt.Length(_folder["r.wav"]));
    }

    [Fact]
    public void A_compressed_file_is_sought_in()
    {
        var path = Sample();
        var whole = AudioFile.ReadMono16k(path);
        var stretch = new float[16_000];
        Assert.Equal(stretch.Length, AudioExcerpt.Read(path, whole.Length / 2, stretch));
        Assert.Equal(whole.AsSpan(whole.Length / 2, stretch.Length).ToArray(), stretch);
        Assert.Equal(whole.Length, AudioExcerpt.Length(path));
    }

    [Fact]
    public void What_lies_past_the_end_is_not_written()
    {
        WavWriter.WriteMono(_folder["a.wav"], Tone.Sine(440, 16_000, 16_000));
        var samples = new float[2_000];
        Assert.Equal(500, AudioExcerpt.Read(_folder["a.wav"], 15_500, samples));
        Assert.Equal(0, AudioExcerpt.Read(_folder["a.wav"], 16_000, samples));
        Assert.Equal(0, AudioExcerpt.Read(_folder["a.wav"], 90_000, samples));
    }

    private static string Sample()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Diarizer.sln"))) folder = folder.Parent;
        return Path.Combine(folder.FullName, "samples", "conversation.flac");
    }
}
