using System.Text.Json;
using Diarizer.Mqtt.Contract;
using Diarizer.Streaming.Events;

namespace Diarizer.Mqtt.Tests.Contract;

/// <summary>The bytes that consumers see. A change here is a change of the contract.</summary>
public class GoldenJsonTests
{
    private readonly Topics _topics = new("test");

    [Fact]
    public void Turn_started()
    {
        var turn = new TurnEventMapper(Samples.Session).Map(Samples.Turn(TurnEventKind.Started, 1, 0, 0, 1.25, 1.5, 1.5), TimeSpan.FromMilliseconds(20));
        var message = Messages.Turn(_topics.Stream("kitchen"), turn);
        Assert.Equal("diarizer/test/streams/kitchen/turns", message.Topic);
        Assert.False(message.Retain);
        Assert.Equal(
            """
            {"schema":"1.0","event_type":"turn_started","id":"kitchen-1-1-0","seq":1,"boot_id":"boot-1","session_id":"kitchen-1","stream":"kitchen",
            "turn_id":"kitchen-1-1","revision":0,"final":false,"speaker":{"id":"unknown","name":null,"enrolled":false,"confidence":0,"decided":false},
            "start":"2026-03-01T09:30:01.250Z","end":"2026-03-01T09:30:01.500Z","start_ms":1250,"end_ms":1500,"overlap":[],"end_reason":null,
            "merged_into":null,"latency_ms":270,"replayed":false}
            """.Replace("\n", "", StringComparison.Ordinal),
            message.Text);
    }

    [Fact]
    public void Turn_ended()
    {
        var mapper = new TurnEventMapper(Samples.Session);
        mapper.Map(Samples.Turn(TurnEventKind.Started, 7, 0, 2, 1, 1.5, 1.5));
        var turn = mapper.Map(Samples.Turn(TurnEventKind.Ended, 7, 1, 2, 1, 3, 3.5, TurnEndReason.SpeakerChange));
        Assert.Equal(
            """
            {"schema":"1.0","event_type":"turn_ended","id":"kitchen-1-7-1","seq":2,"boot_id":"boot-1","session_id":"kitchen-1","stream":"kitchen",
            "turn_id":"kitchen-1-7","revision":1,"final":true,"speaker":{"id":"s2","name":null,"enrolled":false,"confidence":0.877,"decided":true},
            "start":"2026-03-01T09:30:01.000Z","end":"2026-03-01T09:30:03.000Z","start_ms":1000,"end_ms":3000,"overlap":[],"end_reason":"speaker_change",
            "merged_into":null,"latency_ms":500,"replayed":false}
            """.Replace("\n", "", StringComparison.Ordinal),
            JsonSerializer.Serialize(turn, ContractJson.Default.TurnMessage));
    }

    [Fact]
    public void State()
    {
        var mapper = new TurnEventMapper(Samples.Session);
        mapper.Map(Samples.Turn(TurnEventKind.Started, 1, 0, 1, 2, 2.5, 2.5));
        var message = Messages.State(_topics.Stream("kitchen"), mapper.State());
        Assert.True(message.Retain);
        Assert.Equal("""{"schema":"1.0","seq":1,"session_id":"kitchen-1","active":["s1"],"names":[null],"speaker_count":1,"since":"2026-03-01T09:30:02.000Z"}""", message.Text);
    }

    [Fact]
    public void Info_and_health()
    {
        using var configuration = JsonDocument.Parse("""{"Streams":[{"Name":"kitchen"}]}""");
        var info = new InfoMessage
        {
            Version = "0.1.0",
            BootId = "boot-1",
            Models = [new("vad", "00ff")],
            Streams = ["kitchen"],
            Configuration = configuration.RootElement,
        };
        Assert.Equal(
            """
            {"schema":"1.0","version":"0.1.0","boot_id":"boot-1","models":[{"name":"vad","sha256":"00ff"}],"streams":["kitchen"],
            "configuration":{"Streams":[{"Name":"kitchen"}]}}
            """.Replace("\n", "", StringComparison.Ordinal),
            Messages.Info(_topics, info).Text);
        var health = new HealthMessage { Uptime = 30, Rtf = 0.05, LagP95Ms = 120.5, Xruns = 1, Gaps = 2, OutboxDepth = 3, Rss = 4096, Degraded = ["no audio"] };
        Assert.Equal(
            """{"schema":"1.0","uptime":30,"rtf":0.05,"lag_p95_ms":120.5,"xruns":1,"gaps":2,"outbox_depth":3,"rss":4096,"gpu_mem":null,"degraded":["no audio"]}""",
            Messages.Health(_topics, health).Text);
    }

    [Fact]
    public void Event()
    {
        var message = Messages.Event(_topics, new EventMessage
        {
            EventType = NodeEventType.EventsDropped,
            Id = "e1",
            At = Samples.Session.StartedAt,
            Message = "Events were dropped.",
            Count = 3,
        });
        Assert.Equal(("diarizer/test/event", false, true), (message.Topic, message.Retain, message.Durable));
        Assert.Equal(
            """
            {"schema":"1.0","event_type":"events_dropped","id":"e1","at":"2026-03-01T09:30:00.000Z","stream":null,"message":"Events were dropped.","count":3,
            "length_ms":null,"speaker":null,"merged_into":null,"replayed":false}
            """.Replace("\n", "", StringComparison.Ordinal),
            message.Text);
    }

    [Fact]
    public void Plain_states()
    {
        var stream = _topics.Stream("kitchen");
        Assert.Equal("online", Messages.Status(_topics, online: true).Text);
        Assert.Equal("offline", Messages.Status(_topics, online: false).Text);
        Assert.Equal("ON", Messages.Speech(stream, speech: true).Text);
        Assert.Equal("OFF", Messages.Speech(stream, speech: false).Text);
        Assert.Equal(["offline", "online", "degraded", "muted"], Enum.GetValues<StreamStatus>().Select(s => Messages.StreamStatus(stream, s).Text));
    }

    [Fact]
    public void Turn_reads_back_what_was_written()
    {
        var turn = new TurnEventMapper(Samples.Session).Map(Samples.Turn(TurnEventKind.Ended, 3, 4, 5, 6, 7, 8, TurnEndReason.SessionEnd));
        var again = JsonSerializer.Deserialize(JsonSerializer.Serialize(turn, ContractJson.Default.TurnMessage), ContractJson.Default.TurnMessage);
        Assert.Equal(turn with { Overlap = [] }, again! with { Overlap = turn.Overlap.Count == 0 ? [] : again.Overlap });
    }
}
