#if STACK_NUGET
using Diarizer.Audio.Capturing;
using Diarizer.Audio.Sources;
using Diarizer.Audio.Tests.Alsa;

namespace Diarizer.Audio.Tests.NAudioCapture;

[Collection(nameof(AlsaCollection))]
public class NAudioSourceTests
{
    [Fact]
    public async Task Captures_through_NAudio()
    {
        using var capture = Capture.Start(AudioSources.Open("naudio:silence?rate=48000&channels=2"));
        var (buffer, samples) = (new float[1600], 0);
        while (samples < 16_000)
        {
            var read = await capture.ReadAsync(buffer, TestContext.Current.CancellationToken);
            Assert.All(buffer.AsSpan(0, read.Samples).ToArray(), sample => Assert.Equal(0, sample));
            samples += read.Samples;
        }
    }

    [Fact]
    public void An_unknown_device_is_one_clear_sentence() =>
        Assert.Contains("'hw:77,0'", Assert.Throws<UserErrorException>(() => AudioSources.Open("naudio:hw:77,0")).Message);

    [Fact]
    public void Wasapi_is_refused_off_Windows() =>
        Assert.Contains("needs Windows", Assert.Throws<UserErrorException>(() => AudioSources.Open("wasapi:")).Message);

    [Fact]
    public void Devices_are_listed() => Assert.Contains(AudioSources.ListDevices(), device => device.Uri == "naudio:silence");
}
#endif
