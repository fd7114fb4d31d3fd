using System.Text;
using System.Text.Json;
using Diarizer.Mqtt;
using Diarizer.Mqtt.Commands;
using Diarizer.Mqtt.Connection;
using Diarizer.Service.Control;

namespace Diarizer.Fuzz.Targets;

/// <summary>
/// Commands, sent to a dispatcher as the broker would: the first line of an input is the end of the topic and perhaps a response topic, the rest is the payload.
/// Each must be answered once, in the form of the contract, where an answer may go.
/// </summary>
internal sealed class CommandTarget : IFuzzTarget
{
    // A dispatcher takes so many at once before it limits them.
    private const int CommandsOfADispatcher = 900;
    private const int MaxKilobytes = 8;

    private readonly Topics _topics = new("fuzz");
    private readonly AnswerSink _answers = new();
    private readonly FaultLog _log = new();
    private CommandDispatcher? _dispatcher;
    private FuzzedPeople? _people;
    private int _left;

    public string Name => "commands";

    public bool IsJson => true;

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. new[]
        {
            "session/start\n{\"data\":{\"stream\":\"hall\"},\"transaction\":\"t1\"}",
            "session/end my/answers\n{\"data\":{},\"transaction\":7}",
            "stream/mute\n{\"data\":{\"stream\":\"hall\"}}",
            "stream/unmute diarizer/fuzz/response/x\n",
            "speaker/list\n{}",
            "speaker/rename\n{\"data\":{\"speaker\":\"p1\",\"name\":\"Ann B.\"},\"transaction\":\"r\"}",
            "speaker/export\n{\"data\":{\"speaker\":\"Bob\"}}",
            "speaker/forget\n{\"data\":{\"speaker\":\"p2\"}}",
            "speaker/merge\n{\"data\":{\"speaker\":\"s1\",\"into\":\"p1\",\"stream\":\"hall\"}}",
            "speaker/split\n{\"data\":{\"speaker\":\"s1\",\"turns\":[\"hall-1-7\"]}}",
            "speaker/enroll\n{\"data\":{\"name\":\"Cy\",\"consent\":{\"purpose\":\"minutes\",\"given_by\":\"Cy\",\"given_at\":\"2026-01-02\",\"expires\":\"365d\"},\"files\":[\"cy.wav\"],\"add\":true}}",
            "transcript/label\n{\"data\":{\"words\":[{\"word\":\"a\",\"start\":0,\"end\":1},{\"word\":\"b\",\"start\":1,\"end\":2}],\"turns\":[{\"speaker\":\"ann\",\"start\":0,\"end\":1.2}],\"options\":{\"nearest\":2,\"split\":true,\"unknown\":\"?\"}}}",
            "transcript/label\n{\"data\":{\"lines\":[{\"text\":\"a b c\",\"start\":0,\"end\":3}],\"turns\":[{\"speaker\":\"ann\",\"start\":0,\"end\":1.2},{\"speaker\":\"bob\",\"start\":1,\"end\":3}]}}",
            "transcript/label\n{\"data\":{\"transcript\":\"1\\n00:00:00,000 --> 00:00:02,000\\nyes no\\n\",\"format\":\"srt\",\"turns\":[{\"speaker\":\"ann\",\"start\":0,\"end\":9}]},\"transaction\":null}",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public IReadOnlyList<string> Words { get; } =
    [
        "\"data\":", "\"transaction\":", "\"stream\":", "\"muted\":", "\"speaker\":", "\"name\":", "\"consent\":", "\"expires\":", "\"files\":", "\"words\":", "\"lines\":", "\"transcript\":", "\"turns\":", "\"options\":", "\"format\":\"vtt\"", "\"zero\":\"2026-01-01T00:00:00Z\"",
        "{", "}", "[", "]", ",", ":", "null", "true", "\"\"", "\\u0000", "\\ud800", "\\ud83c\\udf75", "session/start", "stream/mute", "transcript/label", "\n", " ", "+", "#", "$SYS/", "homeassistant/", "diarizer/other/response/",
    ];

    public string Read(byte[] input)
    {
        if (_left-- == 0 || _dispatcher is null)
            Renew();
        _answers.Clear();
        _dispatcher!.Take(Message(input, out var wanted));
        return Check(_answers.Wait(), wanted);
    }

    public void Dispose()
    {
        _dispatcher?.DisposeAsync().AsTask().Wait();
        _people?.Dispose();
        _answers.Dispose();
    }

    private static MqttMessage Message(byte[] input, out string? wanted)
    {
        var end = Array.IndexOf(input, (byte)'\n');
        var line = Encoding.UTF8.GetString(input.AsSpan(0, end < 0 ? input.Length : end)).Split(' ', 2);
        wanted = line is [_, var response] ? response : null;
        return new("diarizer/fuzz/request/" + line[0], end < 0 ? default : input.AsMemory(end + 1)) { ResponseTopic = wanted };
    }

    private string Check(MqttMessage answer, string? wanted)
    {
        if (_log.Take() is { } fault)
            throw new FuzzException(fault);
        if (!answer.Topic.StartsWith("diarizer/fuzz/response/", StringComparison.Ordinal)
            && (answer.Topic != wanted || answer.Topic.StartsWith("diarizer/", StringComparison.Ordinal) || answer.Topic.StartsWith("homeassistant/", StringComparison.Ordinal)))
            throw new FuzzException($"an answer on {answer.Topic}");
        using var json = JsonDocument.Parse(answer.Payload);
        var root = json.RootElement;
        if (root.EnumerateObject().Select(p => p.Name).SequenceEqual(["data", "status", "error", "transaction"]) is false)
            throw new FuzzException("an answer of another form");
        return root.GetProperty("status").GetString() switch
        {
            "ok" => $"{answer.Topic.Length % 7} {root.GetProperty("data").ToString().Length / 64}",
            "error" => throw new UserErrorException(root.GetProperty("error").GetString()!),
            var other => throw new FuzzException($"the status {other}"),
        };
    }

    private void Renew()
    {
        _dispatcher?.DisposeAsync().AsTask().Wait();
        _people?.Dispose();
        var streams = new StreamDirectory();
        _people = new FuzzedPeople(streams);
        var registry = _people.AddTo(new CommandRegistry())
            .Add(new SessionStartCommand(streams)).Add(new SessionEndCommand(streams))
            .Add(new StreamMuteCommand(streams)).Add(new StreamUnmuteCommand(streams))
            .Add(new LabelTranscriptCommand(new TurnHistory()));
        _dispatcher = new CommandDispatcher(registry, new() { PerSecond = 1000, Burst = 1000, MaxKilobytes = MaxKilobytes }, _topics, _answers, _log);
        _left = CommandsOfADispatcher;
    }
}
