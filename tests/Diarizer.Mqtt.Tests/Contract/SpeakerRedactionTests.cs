using System.Text;
using System.Text.Json;
using Diarizer.Mqtt.Contract;
using Diarizer.Mqtt.Outbox;
using Diarizer.Mqtt.Tests.Support;
using Diarizer.Streaming.Events;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diarizer.Mqtt.Tests.Contract;

public class SpeakerRedactionTests
{
    private static readonly SpeakerRedaction Redaction = new("p1", "Ann", session => session == "kitchen-1" ? "s4" : "unknown");

    private static byte[] Turn(int speaker, string? name)
    {
        var session = Samples.Session with { Names = new SpeakerNames() };
        session.Names.Set(speaker, name);
        var mapper = new TurnEventMapper(session);
        // Ann speaks over somebody's turn, so that she is in its overlap, too.
        mapper.Map(Samples.Turn(TurnEventKind.Started, 1, 0, -1, 0, 1, 1));
        return JsonSerializer.SerializeToUtf8Bytes(mapper.Map(Samples.Turn(TurnEventKind.Started, 2, 0, speaker, 0, 1, 1)), ContractJson.Default.TurnMessage);
    }

    private static TurnMessage Redacted(byte[] payload) => JsonSerializer.Deserialize(Redaction.Redact(payload), ContractJson.Default.TurnMessage)!;

    [Fact]
    public void A_turn_of_the_person_is_a_strangers()
    {
        var before = Turn(-1, "Ann");
        Assert.Contains("Ann", Encoding.UTF8.GetString(before), StringComparison.Ordinal);
        var after = Redacted(before);
        Assert.Equal(("s4", null, false), (after.Speaker.Id, after.Speaker.Name, after.Speaker.Enrolled));
    }

    [Fact]
    public void The_person_is_taken_out_of_the_turns_of_others()
    {
        Assert.Equal(["s4"], Redacted(Turn(2, "Bob")).Overlap);
        var other = Redacted(Turn(2, "Bob"));
        Assert.Equal(("s2", "Bob"), (other.Speaker.Id, other.Speaker.Name));
        // A speaker of a session may have had the same name.
        Assert.Null(Redacted(Turn(2, "Ann")).Speaker.Name);
    }

    private static byte[] Json(string text) => Encoding.UTF8.GetBytes(text);

    [Fact]
    public void The_person_is_taken_out_of_what_is_retained_of_a_session()
    {
        const string Speakers = """{"session_id":"old-1","speakers":[{"id":"p1","name":"Ann","enrolled":true,"speech_s":3},{"id":"s2","name":null,"enrolled":false,"speech_s":1}]}""";
        Assert.Equal(
            """{"session_id":"old-1","speakers":[{"id":"unknown","name":null,"enrolled":false,"speech_s":3},{"id":"s2","name":null,"enrolled":false,"speech_s":1}]}""",
            Encoding.UTF8.GetString(Redaction.Redact(Json(Speakers))));
        const string State = """{"session_id":"kitchen-1","active":["s2","p1"],"names":[null,"Ann"]}""";
        Assert.Equal("""{"session_id":"kitchen-1","active":["s2","s4"],"names":[null,null]}""", Encoding.UTF8.GetString(Redaction.Redact(Json(State))));

        Assert.Contains("\"name\":\"Anna\"", Encoding.UTF8.GetString(SpeakerRedaction.Rename(Json(Speakers), "p1", "Anna")), StringComparison.Ordinal);
        Assert.Equal("""{"session_id":"kitchen-1","active":["s2","p1"],"names":[null,"Anna"]}""", Encoding.UTF8.GetString(SpeakerRedaction.Rename(Json(State), "p1", "Anna")));
        Assert.Equal(State, Encoding.UTF8.GetString(SpeakerRedaction.Rename(Json(State), "p2", "Bob")));
    }

    [Fact]
    public void Other_messages_stay_as_they_are()
    {
        byte[] text = [.. "no json"u8];
        Assert.Equal(text, Redaction.Redact(text));
        byte[] gap = [.. """{"event_type":"audio_gap","message":"Ann","overlap":[1,null,"p2"]}"""u8];
        Assert.Equal(gap, Redaction.Redact(gap));
        Assert.Equal("""{"event_type":"speaker_merged","speaker":"s2","merged_into":"unknown"}""",
            Encoding.UTF8.GetString(Redaction.Redact("""{"event_type":"speaker_merged","speaker":"s2","merged_into":"p1"}"""u8.ToArray())));
    }

    [Fact]
    public void An_outbox_that_no_daemon_has_open_is_rewritten_without_a_trace()
    {
        using var files = new TemporaryFiles();
        Assert.True(OutboxErasure.TryRewrite(files.Directory, (_, payload) => payload.ToArray()));
        using (var store = SqliteOutboxStore.Open(files.Directory, MqttOutboxSynchronous.Full, null, TimeProvider.System, NullLogger.Instance))
        {
            store.Write([new(1, DateTimeOffset.UtcNow, "diarizer/test/streams/kitchen/turns", Turn(-1, "Ann"))], [], new Dictionary<OutboxDrop, long>());
            Assert.False(OutboxErasure.TryRewrite(files.Directory, (_, payload) => payload.ToArray()));
        }

        Assert.Contains(Directory.EnumerateFiles(files.Directory), f => File.ReadAllBytes(f).AsSpan().IndexOf("\"Ann\""u8) >= 0);
        Assert.True(OutboxErasure.TryRewrite(files.Directory, (_, payload) => Redaction.Redact(payload)));
        Assert.All(Directory.EnumerateFiles(files.Directory), f => Assert.True(File.ReadAllBytes(f).AsSpan().IndexOf("\"Ann\""u8) < 0));
    }
}
