using Diarizer.Audio.Native;
using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Tests.Sources;

public class SourceUriTests
{
    [Theory]
    [InlineData("meeting.flac", "file", "meeting.flac")]
    [InlineData("/data/a b?.wav", "file", "/data/a b?.wav")]
    [InlineData("file:meeting.flac", "file", "meeting.flac")]
    [InlineData("file:/data/a?b.wav", "file", "/data/a?b.wav")]
    [InlineData("file:///data/a%20b.wav", "file", "/data/a b.wav")]
    [InlineData("./12:30.wav", "file", "./12:30.wav")]
    [InlineData("stdin:", "stdin", "")]
    [InlineData("-", "stdin", "")]
    [InlineData("alsa:hw:1,0?rate=48000", "alsa", "hw:1,0")]
    [InlineData("ALSA:default", "alsa", "default")]
    [InlineData("wasapi:", "wasapi", "")]
    public void Parts(string text, string scheme, string target)
    {
        var uri = SourceUri.Parse(text);
        Assert.Equal((scheme, target, text), (uri.Scheme, uri.Target, uri.ToString()));
    }

    [Fact]
    public void Query()
    {
        var uri = SourceUri.Parse("alsa:default?rate=48000&channels=2");
        Assert.Equal((48_000, 2, 10), (uri.Number("rate", 1, 1, 99_999), uri.Number("channels", 1, 1, 8), uri.Number("period_ms", 10, 1, 100)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("http://example.org/a.mp3")]
    [InlineData("mic:")]
    public void Unknown_kinds_are_refused_in_one_sentence(string text)
    {
        var error = Assert.Throws<UserErrorException>(() => AudioSources.Open(text));
        Assert.Contains("alsa:", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

#if STACK_SYSTEM
    [Theory]
    [InlineData("naudio:default")]
    [InlineData("wasapi:default")]
    public void What_this_build_lacks_is_said(string text) =>
        Assert.Contains("PackageStack=nuget", Assert.Throws<UserErrorException>(() => AudioSources.Open(text)).Message);
#endif

    [Fact]
    public void A_file_whose_name_looks_like_a_scheme_is_still_a_file()
    {
        var name = $"take{Guid.NewGuid():N}:1.wav";
        File.WriteAllText(name, "");
        try
        {
            Assert.Equal("file", SourceUri.Parse(name).Scheme);
        }
        finally
        {
            File.Delete(name);
        }
    }

    [Fact]
    public void A_missing_library_names_its_package()
    {
        var error = Assert.Throws<UserErrorException>(() => NativeLibraries.Require("libsndfile-that-is-not-there.so.1", "libsndfile", "libsndfile1"));
        Assert.Equal("libsndfile is not installed; run ./setup.sh or apt-get install libsndfile1.", error.Message);
    }

    [Theory]
    [InlineData(0.1, 1, 10)]
    [InlineData(3, 0, 10)]
    [InlineData(3, 5, 1)]
    public void Options_have_bounds(double noFrames, double minimum, double maximum)
    {
        var options = new AudioSourceOptions
        {
            NoFramesTimeout = TimeSpan.FromSeconds(noFrames),
            ReopenMinimum = TimeSpan.FromSeconds(minimum),
            ReopenMaximum = TimeSpan.FromSeconds(maximum),
            StandardInput = Stream.Null,
        };
        Assert.Throws<UserErrorException>(() => AudioSources.Open("stdin:", options));
    }
}
