using System.Text;
using Diarizer.Mqtt.Commands;
using Diarizer.Mqtt.Connection;
using Diarizer.Mqtt.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Diarizer.Mqtt.Tests.Commands;

public sealed class CommandDispatcherTests : IAsyncDisposable
{
    private readonly CollectingSink _sink = new();
    private readonly CollectingLog _log = new();
    private readonly EchoCommand _echo = new();
    private readonly EchoCommand _slow = new("test/slow", runsLong: true);
    private CommandDispatcher _dispatcher;

    public CommandDispatcherTests() => _dispatcher = New(new() { Burst = 1000, PerSecond = 1000, MaxKilobytes = 1 });

    public async ValueTask DisposeAsync()
    {
        await _dispatcher.DisposeAsync();
        _log.Dispose();
    }

    [Theory]
    [InlineData("""{"data":{"word":"ja","times":2},"transaction":"t1"}""", """{"data":{"words":"ja ja"},"status":"ok","error":null,"transaction":"t1"}""")]
    [InlineData("""{"data":{"word":"ja"},"transaction":17}""", """{"data":{"words":"ja"},"status":"ok","error":null,"transaction":17}""")]
    [InlineData("""{"data":{"word":"ja"}}""", """{"data":{"words":"ja"},"status":"ok","error":null,"transaction":null}""")]
    [InlineData("""{"data":{"word":"refuse"},"transaction":"x"}""", """{"data":null,"status":"error","error":"That word is not said here; choose another.","transaction":"x"}""")]
    public async Task A_command_is_answered(string request, string response)
    {
        Send(request);
        Assert.Equal(response, await AnswerAsync("diarizer/test/response/test/echo"));
    }

    [Fact]
    public async Task A_command_that_came_otherwise_is_answered_to_whoever_waits_and_nowhere_else()
    {
        var done = await _dispatcher.ExecuteAsync("test/echo", Encoding.UTF8.GetBytes("""{"data":{"word":"ja"},"transaction":5}"""), TestContext.Current.CancellationToken);
        Assert.Equal((CommandStatus.Ok, "ja", "5"), (done.Status, done.Data!.Value.GetProperty("words").GetString(), done.Transaction!.Value.GetRawText()));
        var unknown = await _dispatcher.ExecuteAsync("test/none", default, TestContext.Current.CancellationToken);
        Assert.Contains("There is no command \"test/none\"", unknown.Error, StringComparison.Ordinal);
        var large = await _dispatcher.ExecuteAsync("test/echo", new byte[2000], TestContext.Current.CancellationToken);
        Assert.Contains("at most 1024 are taken", large.Error, StringComparison.Ordinal);
        Assert.Empty(_sink.Messages);
    }

    [Theory]
    [InlineData("", "data.word is missing")]
    [InlineData("{}", "data.word is missing")]
    [InlineData("PRESS", "not JSON")]
    [InlineData("{\"data\":", "not JSON")]
    [InlineData("[]", "must be an object")]
    [InlineData("null", "data.word is missing")]
    [InlineData("""{"dta":{}}""", "no field \"dta\"")]
    [InlineData("""{"data":[]}""", "must be an object")]
    [InlineData("""{"data":{"word":"a","wrod":"b"}}""", "no field \"wrod\"; it may have: word, times")]
    [InlineData("""{"data":{"word":7}}""", "data.word is not of the kind")]
    [InlineData("""{"data":{"word":null}}""", "data.word is not of the kind")]
    [InlineData("""{"data":{"word":"a","times":1e99}}""", "data.times is not of the kind")]
    [InlineData("""{"data":{"word":"a","word":"b"}}""", "not JSON")]
    [InlineData("""{"data":{"word":"a"},"transaction":{"a":1}}""", "transaction must be")]
    [InlineData("""{"data":{"word":"\ud800"}}""", "half a surrogate pair")]
    [InlineData("""{"data":{"word":"a"},"transaction":"\ud83c\uff75"}""", "half a surrogate pair")]
    [InlineData("""{"data":{"word":"a","\ud800":1}}""", "half a surrogate pair")]
    [InlineData("""{"\udc00":{}}""", "half a surrogate pair")]
    public async Task A_malformed_command_is_answered_with_the_reason_and_not_executed(string request, string reason)
    {
        Send(request);
        var answer = await AnswerAsync("diarizer/test/response/test/echo");
        Assert.Contains("\"status\":\"error\"", answer, StringComparison.Ordinal);
        Assert.Contains(reason, System.Text.RegularExpressions.Regex.Unescape(answer), StringComparison.Ordinal);
        Assert.Empty(_echo.Heard);
    }

    [Fact]
    public async Task Nesting_and_bytes_that_are_no_text_are_refused()
    {
        Send(new string('[', 500));
        _dispatcher.Take(new("diarizer/test/request/test/echo", new byte[] { 0xff, 0xfe, 0x00 }));
        await Eventually.TrueAsync(() => _sink.Messages.Count == 2, () => "two answers");
        Assert.Contains("not JSON", _sink.Messages[0].Text, StringComparison.Ordinal);
        Assert.Contains("not UTF-8", _sink.Messages[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_oversized_command_is_refused_unread()
    {
        Send("""{"data":{"word":"a"}}""" + new string(' ', 2000));
        Assert.Contains("at most 1024", await AnswerAsync("diarizer/test/response/test/echo"), StringComparison.Ordinal);
        Assert.Empty(_echo.Heard);
    }

    [Fact]
    public async Task A_retained_command_is_refused()
    {
        _dispatcher.Take(new("diarizer/test/request/test/echo", "{\"data\":{\"word\":\"a\"},\"transaction\":1}"u8.ToArray(), Retain: true));
        var answer = await AnswerAsync("diarizer/test/response/test/echo");
        Assert.Contains("retain", answer, StringComparison.Ordinal);
        Assert.EndsWith("\"transaction\":1}", answer, StringComparison.Ordinal);
        Assert.Empty(_echo.Heard);
    }

    [Theory]
    [InlineData("test/ecko", "test/ecko")]
    [InlineData("", "invalid")]
    [InlineData("Test/Écho €", "invalid")]
    [InlineData("a/b/c/d", "invalid")]
    public async Task An_unknown_command_is_told_what_there_is(string name, string answeredOn)
    {
        Send("{}", name);
        var answer = await AnswerAsync("diarizer/test/response/" + answeredOn);
        Assert.Contains("there are: test/echo, test/slow", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_is_logged_and_not_told()
    {
        Send("""{"data":{"word":"fault"}}""");
        var answer = await AnswerAsync("diarizer/test/response/test/echo");
        Assert.Contains("fault of the program", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("secret detail", answer, StringComparison.Ordinal);
        Assert.Contains(_log.Lines, line => line.Contains("secret detail", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Commands_run_in_their_order_and_those_that_take_long_beside_them()
    {
        var gate = new TaskCompletionSource();
        _slow.Gate = gate.Task;
        Send("""{"data":{"word":"slow"}}""", "test/slow");
        for (var i = 0; i < 20; i++)
            Send($$$"""{"data":{"word":"{{{i}}}"}}""");
        await Eventually.TrueAsync(() => _sink.Messages.Count == 20, () => "20 answers");
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), _echo.Heard);
        Assert.Empty(_slow.Heard);
        gate.SetResult();
        await AnswerAsync("diarizer/test/response/test/slow");
    }

    [Fact]
    public async Task When_the_queue_is_full_commands_are_refused()
    {
        var gate = new TaskCompletionSource();
        _slow.Gate = gate.Task;
        for (var i = 0; i < 40; i++)
            Send("""{"data":{"word":"slow"}}""", "test/slow");
        await Eventually.TrueAsync(() => _sink.Messages.Count >= 40 - CommandDispatcher.QueueLength - 1, () => "refusals");
        Assert.All(_sink.Messages, m => Assert.Contains("wait already", m.Text, StringComparison.Ordinal));
        gate.SetResult();
        await Eventually.TrueAsync(() => _sink.Messages.Count == 40, () => "the other answers");
    }

    [Fact]
    public async Task More_than_the_allowed_number_is_refused_and_a_flood_is_not_answered_with_a_flood()
    {
        await _dispatcher.DisposeAsync();
        _dispatcher = New(new() { Burst = 5, PerSecond = 0.1 });
        for (var i = 0; i < 1000; i++)
            Send("""{"data":{"word":"a"}}""");
        await Eventually.TrueAsync(() => _sink.Messages.Count >= 10, () => "ten answers");
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Equal(5, _echo.Heard.Count);
        Assert.Equal(10, _sink.Messages.Count);
        Assert.Equal(5, _sink.Messages.Count(m => m.Text.Contains("Too many commands", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("my/answers", "my/answers")]
    [InlineData("diarizer/test/response/mine", "diarizer/test/response/mine")]
    [InlineData("diarizer/test/status", "diarizer/test/response/test/echo")]
    [InlineData("diarizer/other/status", "diarizer/test/response/test/echo")]
    [InlineData("homeassistant/device/test/config", "diarizer/test/response/test/echo")]
    [InlineData("$SYS/x", "diarizer/test/response/test/echo")]
    [InlineData("a/#", "diarizer/test/response/test/echo")]
    [InlineData("", "diarizer/test/response/test/echo")]
    public async Task An_answer_goes_where_it_is_wanted_but_not_where_others_would_be_misled(string wanted, string topic)
    {
        _dispatcher.Take(new("diarizer/test/request/test/echo", "{\"data\":{\"word\":\"a\"}}"u8.ToArray()) { ResponseTopic = wanted, CorrelationData = new byte[] { 1, 2 } });
        await AnswerAsync(topic);
        Assert.Equal([1, 2], _sink.Messages[0].CorrelationData.ToArray());
        Assert.False(_sink.Messages[0].Retain);
    }

    [Fact]
    public async Task An_end_does_not_wait_for_a_command_that_hangs()
    {
        _slow.Gate = new TaskCompletionSource().Task;
        Send("""{"data":{"word":"slow"}}""", "test/slow");
        Send("""{"data":{"word":"slow"}}""", "test/slow");
        await _dispatcher.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        Assert.All(_sink.Messages, m => Assert.Contains("The node stops", m.Text, StringComparison.Ordinal));
        Assert.Equal(2, _sink.Messages.Count);
    }

    [Fact]
    public void A_registry_takes_each_name_once_and_only_names_that_can_be_topics()
    {
        var registry = new CommandRegistry().Add(new EchoCommand("a/b"));
        Assert.Throws<ArgumentException>(() => registry.Add(new EchoCommand("a/b")));
        Assert.Throws<ArgumentException>(() => registry.Add(new EchoCommand("A B")));
        Assert.Equal(["a/b"], registry.Names);
    }

    private CommandDispatcher New(MqttCommandOptions options) =>
        new(new CommandRegistry().Add(_echo).Add(_slow), options, new Topics("test"), _sink, _log.CreateLogger<CommandDispatcher>());

    private void Send(string payload, string name = "test/echo") => _dispatcher.Take(new($"diarizer/test/request/{name}", Encoding.UTF8.GetBytes(payload)));

    private async Task<string> AnswerAsync(string topic)
    {
        await Eventually.TrueAsync(() => _sink.On(topic).Count > 0, () => $"an answer on {topic}; came: {string.Join(" | ", _sink.Messages.Select(m => $"{m.Topic}={m.Text}"))}");
        return _sink.On(topic)[0];
    }
}
