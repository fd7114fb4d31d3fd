using System.Text.Json;
using System.Text.RegularExpressions;
using Diarizer.Mqtt.Commands;
using Diarizer.Mqtt.Contract;
using Diarizer.Service.Control;
using Diarizer.Service.Streams;
using Diarizer.Service.Tests.EndToEnd;
using Diarizer.Streaming.Events;

namespace Diarizer.Service.Tests.Control;

public partial class LabelTranscriptCommandTests
{
    private static readonly StreamSession Hall = new("hall", "hall-1", "boot", new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero));

    private readonly TurnHistory _history = new();

    private static TurnChanged Turn(int id, int revision, int speaker, double start, double end, TurnEndReason? reason = TurnEndReason.Silence) =>
        new((long)(end * 16_000), TurnEventKind.Updated, id, revision, new SpeakerLabel(speaker, 0.9f, true), (long)(start * 16_000), (long)(end * 16_000), reason);

    private async Task<JsonElement> AskAsync(string data)
    {
        ICommand command = new LabelTranscriptCommand(_history);
        var answer = await command.ExecuteAsync(JsonDocument.Parse(data).RootElement, TestContext.Current.CancellationToken);
        return answer!.Value;
    }

    private async Task RefusedAsync(string data, string part) =>
        Assert.Contains(part, (await Assert.ThrowsAsync<UserErrorException>(() => AskAsync(data))).Message, StringComparison.Ordinal);

    private void Hear(params TurnChanged[] turns) => Hear(Hall, turns);

    private void Hear(StreamSession session, params TurnChanged[] turns)
    {
        _history.SessionStarted(session);
        foreach (var turn in turns)
            _history.Publish(new StreamEvent(session, turn, TimeSpan.Zero));
    }

    private static string[] Speakers(JsonElement list) => [.. list.EnumerateArray().Select(e => e.GetProperty("speaker").GetString()!)];

    [Fact]
    public async Task Turns_that_were_withdrawn_label_nothing()
    {
        var withdrawn = Turn(2, 2, 0, 5, 5) with { Kind = TurnEventKind.Revised, Speaker = SpeakerLabel.Unknown };
        Hear(Turn(1, 1, 1, 0, 4.9), Turn(2, 1, 2, 5, 6), withdrawn);
        var answer = await AskAsync("""{"lines":[{"start":5,"end":5.1,"text":"Bye."}]}""");
        Assert.Equal(["s1"], Speakers(answer.GetProperty("lines")));
    }

    [Fact]
    public async Task Lines_come_back_with_the_speakers_of_the_session()
    {
        Hear(Turn(1, 1, 1, 0, 2), Turn(2, 1, 2, 2, 4));
        var answer = await AskAsync("""{"lines":[{"start":0,"end":4.0,"text":"Tea? Milk.","id":"x7"},{"start":9,"end":10,"text":"Bye."}]}""");
        string[] lines =
        [
            """{"start":0,"end":1.778,"text":"Tea?","id":"x7","speaker":"s1"}""",
            """{"start":1.778,"end":4.0,"text":"Milk.","id":"x7","speaker":"s2"}""",
            """{"start":9,"end":10,"text":"Bye.","speaker":"unknown"}""",
        ];
        Assert.Equal($"[{string.Join(',', lines)}]", answer.GetProperty("lines").GetRawText());
        Assert.Equal(("hall-1", 2, 1, 2, 1), (answer.GetProperty("session_id").GetString(), Number("cues"), Number("splits"), Number("labelled"), Number("unknown")));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("words").ValueKind);

        int Number(string name) => answer.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task The_example_of_the_documentation_is_true()
    {
        var page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Sample.Path)!, "..", "docs", "transcripts.md"));
        var (request, response) = (JsonDocument.Parse(Request().Match(page).Groups[1].Value).RootElement, JsonDocument.Parse(Response().Match(page).Value).RootElement);
        Hear(Hall with { Stream = "kitchen", SessionId = "kitchen-20260301t093000z-9f3a" }, Turn(1, 1, 1, 60, 61.7), Turn(2, 1, 2, 61.7, 64));
        Assert.Equal(response.GetProperty("data").GetRawText(), (await AskAsync(request.GetProperty("data").GetRawText())).GetRawText());
    }

    [GeneratedRegex("-m '(.*)'")]
    private static partial Regex Request();

    [GeneratedRegex("^\\{\"data\":\\{\"words.*$", RegexOptions.Multiline)]
    private static partial Regex Response();

    [Fact]
    public async Task Words_come_back_with_all_that_they_had()
    {
        Hear(Turn(1, 1, 1, 0, 2), Turn(2, 1, 2, 2, 4));
        var answer = await AskAsync("""{"stream":"hall","words":[{"word":"tea","start":0.50,"end":1,"p":0.1},{"word":"milk","start":3,"end":3.5}]}""");
        Assert.Equal("""[{"word":"tea","start":0.50,"end":1,"p":0.1,"speaker":"s1"},{"word":"milk","start":3,"end":3.5,"speaker":"s2"}]""", answer.GetProperty("words").GetRawText());
    }

    [Fact]
    public async Task A_transcript_that_began_at_another_time_says_when()
    {
        Hear(Turn(1, 1, 1, 60, 62), Turn(2, 1, 2, 62, 64));
        var answer = await AskAsync(
            """{"zero":"2026-03-01T10:31:00+01:00","transcript":"1\n00:00:00,500 --> 00:00:01,500\nTea?\n\n2\n00:00:02,500 --> 00:00:03,500\nMilk.\n"}""");
        Assert.Equal("1\n00:00:00,500 --> 00:00:01,500\n[s1]: Tea?\n\n2\n00:00:02,500 --> 00:00:03,500\n[s2]: Milk.\n", answer.GetProperty("transcript").GetString());
    }

    [Fact]
    public async Task Turns_and_options_may_come_with_the_request()
    {
        var answer = await AskAsync(
            """{"lines":[{"start":0,"end":4,"text":"tea milk milk"}],"turns":[{"speaker":"Ann","start":0,"end":1},{"speaker":"Bob","start":1,"end":4}],"options":{"split":false}}""");
        Assert.Equal(["Bob"], Speakers(answer.GetProperty("lines")));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("session_id").ValueKind);
    }

    [Fact]
    public async Task The_latest_revision_of_a_turn_counts_and_an_open_one_goes_on()
    {
        Hear(Turn(1, 0, 0, 0, 0.5, null), Turn(1, 2, 3, 0, 2), Turn(1, 1, 1, 0, 2), Turn(2, 0, 2, 2, 2.5, null));
        Assert.Equal(["s3", "s2"], Speakers((await AskAsync("""{"words":[{"word":"a","start":1,"end":1.5},{"word":"b","start":30,"end":31}]}""")).GetProperty("words")));
    }

    [Fact]
    public async Task A_new_session_replaces_the_one_before()
    {
        Hear(Turn(1, 1, 1, 0, 2));
        Hear(Hall with { SessionId = "hall-2" }, Turn(1, 1, 5, 0, 2));
        _history.Publish(new StreamEvent(Hall, Turn(2, 1, 1, 1, 2), TimeSpan.Zero));
        Assert.Equal(["s5"], Speakers((await AskAsync("""{"words":[{"word":"a","start":1,"end":1.5}]}""")).GetProperty("words")));
    }

    [Fact]
    public void The_oldest_turns_are_forgotten()
    {
        Hear([.. Enumerable.Range(0, TurnHistory.MaximumTurns + 10).Select(i => Turn(i, 0, 1, i, i + 0.5))]);
        var (_, turns) = _history.Of(null);
        Assert.Equal((TurnHistory.MaximumTurns, 10.0), (turns.Count, turns[0].Start));
    }

    [Theory]
    [InlineData("""{"words":[{"word":"a","start":1,"end":1.5}],"turns":[null]}""", "an entry that is null")]
    [InlineData("{}", "Give one of")]
    [InlineData("""{"words":[],"lines":[]}""", "Give one of")]
    [InlineData("""{"words":7}""", "words is no list")]
    [InlineData("""{"words":[{"start":1}]}""", "data.words, line 1: the word has no text")]
    [InlineData("""{"lines":[{"text":"a","start":1}]}""", "no end")]
    [InlineData("""{"transcript":"hello"}""", "looks like none of")]
    [InlineData("""{"transcript":"hello","format":"docx"}""", "srt, vtt, json or ctm")]
    [InlineData("""{"transcript":"hello","format":"srt"}""", "data.transcript, line 1")]
    [InlineData("""{"words":[],"stream":"kitchen"}""", "There is no such stream; there are: hall")]
    [InlineData("""{"words":[],"turns":[{"speaker":"a","start":1,"end":1}]}""", "does not end after its start")]
    [InlineData("""{"words":[],"turns":[],"stream":"hall"}""", "leave out data.stream")]
    [InlineData("""{"words":[],"turns":[],"options":{"jitter":99}}""", "Jitter is 99")]
    [InlineData("""{"words":[],"turns":[],"options":{"gitter":1}}""", "not of the kind")]
    [InlineData("""{"words":[],"turms":[]}""", "no field \"turms\"")]
    public async Task What_cannot_be_done_is_answered_with_the_reason(string data, string part)
    {
        Hear(Turn(1, 1, 1, 0, 2));
        await RefusedAsync(data, part);
    }

    [Fact]
    public async Task With_several_streams_one_must_be_named()
    {
        Hear(Turn(1, 1, 1, 0, 2));
        Hear(Hall with { Stream = "office", SessionId = "office-1" }, Turn(1, 1, 4, 0, 2));
        await RefusedAsync("""{"words":[{"word":"a","start":1,"end":1.5}]}""", "data.stream is missing; there are: hall, office");
        Assert.Equal(["s4"], Speakers((await AskAsync("""{"stream":"office","words":[{"word":"a","start":1,"end":1.5}]}""")).GetProperty("words")));
    }

    [Fact]
    public async Task Before_any_session_it_says_so() => await RefusedAsync("""{"words":[]}""", "No session began yet");
}
