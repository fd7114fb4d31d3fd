using Diarizer.Audio.Files;

namespace Diarizer.Audio.Tests.Files;

public sealed class AudioFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Wav_comes_back_as_written()
    {
        var written = Tone.Sine(440, 16_000, 16_000);
        WavWriter.WriteMono(_folder["a.wav"], written);
        var read = AudioFile.ReadMono16k(_folder["a.wav"]);
        Assert.Equal(written.Length, read.Length);
        Assert.All(written.Zip(read), pair => Assert.Equal(pair.First, pair.Second, 1f / 32_767));
    }

    [Fact]
    public void Stereo_becomes_the_mean_and_44100_becomes_16000()
    {
        var frames = new float[44_100 * 2];
        var left = Tone.Sine(1000, 44_100, 44_100);
        for (var n = 0; n < left.Length; n++) frames[2 * n] = left[n];
        using (var writer = new WavWriter(_folder["s.wav"], 44_100, 2)) writer.Write(frames);

        var mono = AudioFile.ReadMono16k(_folder["s.wav"]);
        Assert.Equal(16_000, mono.Length);
        var (amplitude, _) = Tone.Fit(mono.AsSpan(2000, 12_000), 1000, 16_000);
        Assert.Equal(0.25, amplitude, 0.001);
    }
}
