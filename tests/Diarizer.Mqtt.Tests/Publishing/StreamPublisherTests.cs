using System.Text.Json;
using Diarizer.Mqtt.Contract;
using Diarizer.Mqtt.Publishing;
using Diarizer.Mqtt.Tests.Contract;
using Diarizer.Mqtt.Tests.Support;
using Diarizer.Streaming.Events;

namespace Diarizer.Mqtt.Tests.Publishing;

public sealed class StreamPublisherTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly CollectingSink _sink = new();
    private readonly StreamTopics _topics = new Topics("test").Stream("kitchen");
    private readonly StreamPublisher _publisher;

    public StreamPublisherTests() => _publisher = new(_sink, new Topics("test"), Samples.Session, _time);

    public void Dispose() => _publisher.Dispose();

    [Fact]
    public void A_new_session_says_that_nobody_speaks()
    {
        Assert.Equal(["OFF"], _sink.On(_topics.Speech));
        Assert.Contains("\"active\":[]", Assert.Single(_sink.On(_topics.State)), StringComparison.Ordinal);
    }

    [Fact]
    public void Speech_and_turns_go_out_at_once()
    {
        _publisher.Publish(new SpeechStarted(100, 0));
        var turn = _publisher.Publish(Samples.Turn(TurnEventKind.Started, 1, 0, 1, 0, 1, 1));
        _publisher.Publish(new SpeechEnded(200, 0, 150));
        Assert.Null(_publisher.Publish(new AudioGap(300, 200, 100)));
        Assert.Equal(["OFF", "ON", "OFF"], _sink.On(_topics.Speech));
        Assert.Equal(turn!.Id, JsonSerializer.Deserialize(Assert.Single(_sink.On(_topics.Turns)), ContractJson.Default.TurnMessage)!.Id);
    }

    [Fact]
    public void States_are_limited_to_five_a_second_and_the_last_one_is_published()
    {
        for (var i = 0; i < 100; i++)
        {
            _publisher.Publish(Samples.Turn(TurnEventKind.Started, i + 1, 0, i + 1, i, i + 1, i + 1));
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }
        Assert.InRange(_sink.On(_topics.State).Count, 5, 6);
        _time.Advance(TimeSpan.FromSeconds(1));
        var last = JsonSerializer.Deserialize(_sink.On(_topics.State)[^1], ContractJson.Default.StateMessage)!;
        Assert.Equal((100L, 100), (last.Seq, last.SpeakerCount));
        var count = _sink.Messages.Count;
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(count, _sink.Messages.Count);
    }

    [Fact]
    public void After_a_pause_the_state_goes_out_at_once()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        _publisher.Publish(Samples.Turn(TurnEventKind.Started, 1, 0, 1, 0, 1, 1));
        Assert.Equal(2, _sink.On(_topics.State).Count);
    }

    [Fact]
    public void Disposal_publishes_the_state_that_is_due()
    {
        _publisher.Publish(Samples.Turn(TurnEventKind.Started, 1, 0, 1, 0, 1, 1));
        Assert.Single(_sink.On(_topics.State));
        _publisher.Dispose();
        Assert.Contains("\"s1\"", _sink.On(_topics.State)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Speakers_are_published_at_most_once_a_second_and_the_last_list_always()
    {
        Assert.Contains("\"speakers\":[]", Assert.Single(_sink.On(_topics.Speakers)), StringComparison.Ordinal);
        for (var i = 1; i <= 30; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            _publisher.SetSpeakers([new(2, i, 16_000 * i, 5), new(1, 0.25, 8000, 1)]);
        }
        Assert.InRange(_sink.On(_topics.Speakers).Count, 3, 5);
        _publisher.Dispose();
        Assert.Equal(
            """
            {"schema":"1.0","session_id":"kitchen-1","speakers":[{"id":"s1","name":null,"enrolled":false,"speech_s":0.2,"last_seen":"2026-03-01T09:30:00.500Z"},
            {"id":"s2","name":null,"enrolled":false,"speech_s":30,"last_seen":"2026-03-01T09:30:30.000Z"}]}
            """.Replace("\n", "", StringComparison.Ordinal),
            _sink.On(_topics.Speakers)[^1]);
    }
}
