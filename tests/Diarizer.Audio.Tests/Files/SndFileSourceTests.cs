using Diarizer.Audio.Files;
using Diarizer.Audio.Native;
using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Tests.Files;

public sealed class SndFileSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.wav", 0x010002, 1e-4)]
    [InlineData("a.flac", 0x170002, 1e-4)]
    [InlineData("a.ogg", 0x200060, 0.02)]
    [InlineData("a.opus", 0x200064, 0.02)]
    [InlineData("a.mp3", 0x230082, 0.02)]
    public void Every_format_is_decoded(string name, int format, double tolerance)
    {
        Encode(Tone.Sine(1000, 16_000, 32_000), name, format);
        var samples = AudioFile.ReadMono16k(_folder[name]);
        Assert.InRange(samples.Length, 32_000, 35_000);
        var (amplitude, residual) = Tone.Fit(samples.AsSpan(8000, 16_000), 1000, 16_000);
        Assert.Equal(0.5, amplitude, tolerance);
        Assert.True(residual < -20, $"the rest is at {residual:F1} dB");
    }

    [Theory]
    [InlineData("a.flac", 0x170002, 90)]
    [InlineData("a.ogg", 0x200060, 20)]
    [InlineData("a.opus", 0x200064, 20)]
    [InlineData("a.mp3", 0x230082, 20)]
    public void A_stretch_of_every_format_lies_where_the_whole_file_has_it(string name, int format, double decibels)
    {
        Encode(Tone.Noise(160_000), name, format);
        var whole = AudioFile.ReadMono16k(_folder[name]);
        foreach (int start in (ReadOnlySpan<int>)[1, 4_321, 80_000, 150_001])
        {
            var stretch = new float[8_000];
            Assert.Equal(stretch.Length, AudioExcerpt.Read(_folder[name], start, stretch));
            double power = 0, error = 1e-12;
            for (var i = 0; i < stretch.Length; i++)
            {
                power += whole[start + i] * whole[start + i];
                error += (whole[start + i] - stretch[i]) * (whole[start + i] - stretch[i]);
            }
            Assert.True(10 * Math.Log10(power / error) > decibels, $"from {start}, the stretch differs at {10 * Math.Log10(power / error):F1} dB");
        }
    }

    [Fact]
    public void A_cut_off_file_plays_what_is_there_and_says_so()
    {
        Encode(Tone.Noise(160_000), "cut.flac", 0x170002);
        var bytes = File.ReadAllBytes(_folder["cut.flac"]);
        File.WriteAllBytes(_folder["cut.flac"], bytes[..(bytes.Length / 2)]);
        var events = new List<SourceEvent>();
        using var source = AudioSources.Open(_folder["cut.flac"], new() { OnEvent = events.Add });
        var (buffer, frames) = (new float[1600], 0);
        AudioRead read;
        do frames += (read = source.Read(buffer)).Frames;
        while (!read.EndOfStream);
        Assert.InRange(frames, 60_000, 90_000);
        Assert.Contains($"{frames} of its 160000 frames", Assert.Single(events).Message);
    }

    [Fact]
    public void A_loop_goes_on_without_a_seam()
    {
        var ramp = Enumerable.Range(0, 100).Select(n => n / 32_768f).ToArray();
        using (var writer = new WavWriter(_folder["ramp.wav"])) writer.Write(ramp);
        using var source = new SndFileSource(_folder["ramp.wav"], loop: true);
        var buffer = new float[70];
        var next = 0;
        for (var read = 0; read < 20; read++)
        {
            var got = source.Read(buffer);
            Assert.False(got.EndOfStream);
            foreach (var sample in buffer.AsSpan(0, got.Frames)) Assert.Equal(next++ % 100, Math.Round(sample * 32_767), 1.0);
        }
    }

    [Fact]
    public void An_empty_loop_ends()
    {
        File.WriteAllBytes(_folder["empty.wav"], WavBytes.Make(0));
        using var source = new SndFileSource(_folder["empty.wav"], loop: true);
        Assert.True(source.Read(new float[16]).EndOfStream);
    }

    private void Encode(float[] samples, string name, int format)
    {
        SndFile.Require();
        var info = new SndFile.Info { SampleRate = 16_000, Channels = 1, Format = format };
        using var file = SndFile.Open(_folder[name], SndFile.ModeWrite, ref info);
        Assert.SkipWhen(file.IsInvalid, $"this libsndfile cannot write {name}");
        foreach (var piece in samples.Chunk(1000)) Assert.Equal(piece.Length, SndFile.Write(file, piece, piece.Length));
    }
}
