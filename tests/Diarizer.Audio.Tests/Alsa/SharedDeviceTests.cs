using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Tests.Alsa;

/// <summary>Several channels of one device as several streams.</summary>
[Collection(nameof(AlsaCollection))]
public class SharedDeviceTests
{
    private const string Device = "alsa:recording?rate=16000&channels=4";

    [Fact]
    public void Each_stream_hears_its_channel()
    {
        using var second = AudioSources.Open(Device + "&channel=2");
        using var fourth = AudioSources.Open("alsa:recording?channel=4&channels=4&rate=16000");
        Assert.Equal((new AudioFormat(16_000, 1), new AudioFormat(16_000, 1)), (second.Format, fourth.Format));
        foreach (var (source, channel) in new[] { (second, 1), (fourth, 3) })
        {
            // The ramp counts samples, so that each tells its channel.
            Assert.All(Hear(source, 2000), sample => Assert.Equal(channel, (int)(sample * 32_768) % 4));
        }
    }

    [Fact]
    public void The_last_one_closes_the_device_and_it_can_be_opened_anew()
    {
        using (AudioSources.Open(Device + "&channel=1"))
        using (AudioSources.Open(Device + "&channel=1"))
        {
        }

        using var again = AudioSources.Open("alsa:recording?channels=2&channel=2");
        Assert.NotEmpty(Hear(again, 100));
    }

    [Fact]
    public void A_stream_that_is_late_loses_its_own_audio_only()
    {
        using var late = AudioSources.Open(Device + "&channel=1");
        using var punctual = AudioSources.Open(Device + "&channel=2");
        long frames = 0, lost = 0;
        var buffer = new float[1600];
        while (frames < 3 * 16_000)
        {
            var read = punctual.Read(buffer);
            (frames, lost) = (frames + read.Frames, lost + read.LostFrames);
        }

        Assert.Equal(0, lost);
        // Two seconds are kept.
        var first = late.Read(buffer);
        Assert.InRange(first.LostFrames, 16_000 * 8 / 10, 16_000 * 2);
        Assert.InRange(late.Statistics.Overruns, 1, long.MaxValue);
    }

    [Theory]
    [InlineData("alsa:recording?channels=4&channel=5", "channel 5 of 4")]
    [InlineData("alsa:recording?channels=4&channel=0", "from 1 to 64")]
    [InlineData("alsa:recording?channel=2", "add channels=")]
    [InlineData("rtp://127.0.0.1:5998?payload=L16&rate=48000&channel=2", "channel 2 of 1")]
    public void Channels_that_there_are_not(string uri, string part) =>
        Assert.Contains(part, Assert.Throws<UserErrorException>(() => AudioSources.Open(uri)).Message);

    [Fact]
    public void All_streams_of_a_device_have_the_same_settings()
    {
        using var first = AudioSources.Open(Device + "&channel=1");
        var error = Assert.Throws<UserErrorException>(() => AudioSources.Open("alsa:recording?rate=48000&channels=4&channel=2"));
        Assert.Contains("the same device for different settings", error.Message);
    }

    private static List<float> Hear(IAudioSource source, int frames)
    {
        var (heard, buffer) = (new List<float>(), new float[1600]);
        while (heard.Count < frames) heard.AddRange(buffer.AsSpan(0, source.Read(buffer).Frames));
        return heard;
    }
}
