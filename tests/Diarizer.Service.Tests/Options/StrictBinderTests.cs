using Diarizer.Service.Options;
using Microsoft.Extensions.Configuration;

namespace Diarizer.Service.Tests.Options;

public class StrictBinderTests
{
    private static (DiarizerOptions Options, IReadOnlyList<string> Problems) Bind(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create("Diarizer:" + s.Key, (string?)s.Value))).Build();
        var binder = new StrictBinder();
        return (binder.Bind<DiarizerOptions>(configuration.GetSection("Diarizer")), binder.Problems);
    }

    [Fact]
    public void Reads_values_lists_and_nested_records()
    {
        var (options, problems) = Bind(("Threads", "2"), ("Streams:0:Name", "hall"), ("Streams:0:Source", "alsa:default"), ("Streams:1:Source", "file:a.wav"),
            ("Streams:1:Realtime", "true"), ("Embedding:DeadlineMs", "5.5"));
        Assert.Empty(problems);
        Assert.Equal(2, options.Threads);
        Assert.Equal(["hall", "room"], options.Streams.Select(s => s.Name));
        Assert.True(options.Streams[1].Realtime);
        Assert.Equal(5.5, options.Embedding.DeadlineMs);
        Assert.Equal("auto", options.Device);
    }

    [Fact]
    public void Names_the_nearest_known_key()
    {
        var (_, problems) = Bind(("Embedding:MaxBach", "8"));
        Assert.Equal(["Diarizer:Embedding:MaxBach is not a known setting; did you mean MaxBatch?"], problems);
    }

    [Theory]
    [InlineData("Mqtt", "broker", "a group of settings, in braces")]
    [InlineData("Streams", "hall", "a list, in brackets")]
    [InlineData("Streams:0", "hall", "a group of settings, in braces")]
    [InlineData("StateDirectory", "/var/\0", "control character")]
    [InlineData("Mqtt:KeepAlive", "1e300", "a person can wait for")]
    [InlineData("Mqtt:KeepAlive", "1:2:3:4:5", "seconds or hh:mm:ss")]
    public void What_cannot_be_a_value_is_named(string key, string value, string part)
    {
        var (_, problems) = Bind((key, value));
        Assert.Contains(part, Assert.Single(problems), StringComparison.Ordinal);
        Assert.StartsWith($"Diarizer:{key} ", problems[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_every_problem_at_once()
    {
        var (_, problems) = Bind(("Thread", "1"), ("Threads", "many"), ("Streams:0:Realtime", "maybe"), ("Streams:first:Name", "a"), ("Device:Name", "cpu"), ("Embedding:DeadlineMs", "NaN"));
        Assert.Equal(6, problems.Count);
        Assert.Contains("Diarizer:Threads is \"many\"; it must be a whole number.", problems);
        Assert.Contains("Diarizer:Streams:0:Realtime is \"maybe\"; it must be true or false.", problems);
    }
}
