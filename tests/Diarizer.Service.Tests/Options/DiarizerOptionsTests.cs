using Diarizer.Service.Options;

namespace Diarizer.Service.Tests.Options;

public class DiarizerOptionsTests
{
    [Fact]
    public void Validation_tells_every_problem()
    {
        var options = new DiarizerOptions
        {
            Device = "gpu",
            Threads = 0,
            Streams = [new() { Name = "Hall", Source = "a" }, new() { Source = " " }, new() { Source = "b" }],
            Embedding = new() { MaxBatch = 0, DeadlineMs = double.NaN, Workers = -1 },
        };
        var problems = options.Validate().ToList();
        Assert.Equal(8, problems.Count);
        Assert.Contains(problems, p => p.StartsWith("Diarizer:Streams:0:Name is \"Hall\"", StringComparison.Ordinal));
        Assert.Contains("2 streams are called \"room\"; give each its own Name.", problems);
    }

    [Fact]
    public void Nothing_to_listen_to_is_a_problem() => Assert.Contains("--source", Assert.Single(new DiarizerOptions().Validate()), StringComparison.Ordinal);

    [Fact]
    public void Sources_may_be_named_and_replace_the_configured_ones()
    {
        var configured = new DiarizerOptions { Streams = [new() { Source = "alsa:default" }] };
        var options = new CommandLineOverrides(["hall=alsa:hw:CARD=PCH", "talk.flac", "alsa:plughw:CARD=A,DEV=0"], Realtime: true).Apply(configured);
        Assert.Equal([("hall", "alsa:hw:CARD=PCH"), ("room2", "talk.flac"), ("room3", "alsa:plughw:CARD=A,DEV=0")], options.Streams.Select(s => (s.Name, s.Source)));
        Assert.All(options.Streams, s => Assert.True(s.Realtime));
    }

    [Theory]
    [InlineData("broker.example:8883", "broker.example", 8883)]
    [InlineData("broker.example", "broker.example", 1883)]
    [InlineData("[::1]:1884", "::1", 1884)]
    public void Broker_flag_sets_host_and_port(string flag, string host, int port)
    {
        var options = new CommandLineOverrides(Broker: flag).Apply(new DiarizerOptions());
        Assert.Equal((host, port), (options.Mqtt.Host, options.Mqtt.BrokerPort));
    }

    [Theory]
    [InlineData("broker:port")]
    [InlineData(":1883")]
    [InlineData("broker:0")]
    public void A_bad_broker_flag_is_refused(string flag) =>
        Assert.Throws<UserErrorException>(() => new CommandLineOverrides(Broker: flag).Apply(new DiarizerOptions()));
}
