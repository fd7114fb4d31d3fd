using System.Diagnostics;
using Diarizer.Audio.Capturing;
using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Tests.Alsa;

[Collection(nameof(AlsaCollection))]
public class AlsaSourceTests
{
    [Theory]
    [InlineData("alsa:silence", 16_000, 1)]
    [InlineData("alsa:silence?rate=44100&channels=2", 44_100, 2)]
    [InlineData("alsa:converted?channels=2", 48_000, 2)]
    public void Rate_and_channels_are_those_of_the_device(string uri, int rate, int channels)
    {
        using var source = AudioSources.Open(uri);
        Assert.Equal(new(rate, channels), source.Format);
        Assert.True(source.IsLive);
    }

    [Fact]
    public async Task The_null_device_is_silence_in_real_time()
    {
        using var capture = Capture.Start(AudioSources.Open("alsa:silence"));
        var clock = Stopwatch.StartNew();
        var (buffer, samples) = (new float[1600], 0L);
        while (clock.Elapsed < TimeSpan.FromSeconds(2))
        {
            var read = await capture.ReadAsync(buffer, TestContext.Current.CancellationToken);
            Assert.Equal(0, read.Gap);
            Assert.All(buffer.AsSpan(0, read.Samples).ToArray(), sample => Assert.Equal(0, sample));
            samples += read.Samples;
        }

        Assert.InRange(samples / 16_000.0, 1.9, 2.3);
        Assert.Equal(-120, capture.Statistics.LevelDbfs);
    }

    [Fact]
    public async Task The_file_device_delivers_its_file_bit_for_bit()
    {
        using var capture = Capture.Start(AudioSources.Open("alsa:recording"));
        var (buffer, samples) = (new float[1600], new List<float>());
        while (samples.Count < 24_000)
        {
            var read = await capture.ReadAsync(buffer, TestContext.Current.CancellationToken);
            Assert.Equal(0, read.Gap);
            samples.AddRange(buffer.AsSpan(0, read.Samples));
        }

        for (var n = 0; n < 24_000; n++) Assert.Equal(n / 32_768f, samples[n]);
    }

    [Fact]
    public void An_unknown_device_is_one_clear_sentence()
    {
        var error = Assert.Throws<UserErrorException>(() => AudioSources.Open("alsa:hw:77,0"));
        Assert.Contains("'hw:77,0' cannot be opened", error.Message);
        Assert.Contains("diarizer devices", error.Message);
    }

    [Fact]
    public void Devices_are_listed_with_what_they_are_called() =>
        Assert.Contains(new AudioDevice("alsa:silence", "Silence for tests"), AudioSources.ListDevices());
}
