using System.Text;
using Diarizer.Audio.Capturing;
using Diarizer.Audio.Files;
using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Tests.Files;

public sealed class BadFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Missing() => Refused(_folder["nowhere.wav"], "There is no file");

    [Fact]
    public void Folder() => Refused(Path.GetDirectoryName(_folder["x"])!, "is a folder");

    [Fact]
    public void Empty() => Refused(Made([]), "is empty");

    [Fact]
    public void Pipe() => Refused("/dev/null", "is empty");

    [Fact]
    public void Text() => Refused(Made(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("This is a letter, not a recording.\n", 100)))), "is not audio");

    [Fact]
    public void Noise()
    {
        var bytes = new byte[10_000];
        new Random(3).NextBytes(bytes);
        Refused(Made(bytes), "is not audio");
    }

    [Fact]
    public void Header_alone() => Refused(Made(WavBytes.Make(100)[..20]), "");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(10_000_000)]
    [InlineData(int.MaxValue)]
    public void Absurd_rate(int rate) => Refused(Made(WavBytes.Make(100, rate)), "");

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(65)]
    public void Absurd_channels(int channels) => Refused(Made(WavBytes.Make(100, channels: channels)), "");

    [Fact]
    public void Unreadable()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "permissions as Linux has them");
        var path = Made(WavBytes.Make(10));
        if (OperatingSystem.IsLinux()) File.SetUnixFileMode(path, UnixFileMode.None);
        Assert.SkipWhen(Environment.UserName == "root", "root may read everything");
        Refused(path, "permissions");
    }

    [Theory]
    [InlineData(4_000_000_000u, 1000)]
    [InlineData(uint.MaxValue, 1000)]
    [InlineData(2002u, 1000)]
    public async Task A_lying_size_plays_what_is_there(uint dataSize, int expected)
    {
        var samples = await PlayAsync(Made(WavBytes.Make(1000, dataSize: dataSize, riffSize: dataSize)));
        Assert.Equal(expected, samples.Length);
        Assert.All(samples, sample => Assert.Equal(0.25f, sample));
    }

    [Fact]
    public void An_unfinished_header_is_said() => Refused(Made(WavBytes.Make(1000, dataSize: 0, riffSize: 0)), "sox --ignore-length");

    [Fact]
    public async Task A_truncated_file_plays_what_is_there()
    {
        var samples = await PlayAsync(Made(WavBytes.Make(1000)[..^501]));
        Assert.Equal(749, samples.Length);
        Assert.All(samples, sample => Assert.Equal(0.25f, sample));
    }

    [Fact]
    public async Task A_header_without_audio_is_an_empty_stream() => Assert.Empty(await PlayAsync(Made(WavBytes.Make(0))));

    [Fact]
    public async Task Numbers_that_are_none_are_silence_and_counted()
    {
        var bytes = WavBytes.Make(1000, floats: true);
        BitConverter.TryWriteBytes(bytes.AsSpan(44 + 400), float.NaN);
        BitConverter.TryWriteBytes(bytes.AsSpan(44 + 800), float.NegativeInfinity);
        using var capture = Capture.Start(AudioSources.Open(Made(bytes)));
        var (samples, _) = await capture.ReadAllAsync();
        Assert.Equal(2, capture.Statistics.InvalidSamples);
        Assert.Equal(2, samples.Count(sample => sample == 0));
        Assert.Equal(998, samples.Count(sample => sample == 0.25f));
    }

    private static async Task<float[]> PlayAsync(string path)
    {
        using var capture = Capture.Start(AudioSources.Open("file:" + path));
        return (await capture.ReadAllAsync()).Samples;
    }

    private static void Refused(string path, string reason)
    {
        var error = Assert.Throws<UserErrorException>(() => AudioSources.Open("file:" + path));
        Assert.Contains(reason, error.Message);
        Assert.Contains($"'{path}'", error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Throws<UserErrorException>(() => AudioFile.ReadMono16k(path));
    }

    private string Made(byte[] bytes)
    {
        var path = _folder["made.wav"];
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
