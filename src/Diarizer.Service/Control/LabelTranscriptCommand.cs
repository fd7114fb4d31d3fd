using System.Text;
using System.Text.Json;
using Diarizer.Mqtt.Commands;
using Diarizer.Streaming.Scoring;
using Diarizer.Streaming.Transcripts;

namespace Diarizer.Service.Control;

/// <summary><c>transcript/label</c>: timed words, lines or a transcript in, the same with speakers out.</summary>
/// <param name="history">Who spoke when on the streams.</param>
public sealed class LabelTranscriptCommand(TurnHistory history)
    : Command<LabelRequest, LabelResult>("transcript/label", LabelJson.Default.LabelRequest, LabelJson.Default.LabelResult)
{
    // Of Whisper's JSON, whose reader and writer do the rest.
    private const string LinesMember = "segments";
    private const string WordsMember = "words";

    /// <inheritdoc/>
    public override bool RunsLong => true;

    /// <inheritdoc/>
    protected override Task<LabelResult> ExecuteAsync(LabelRequest data, CancellationToken cancellationToken)
    {
        var transcript = Read(data);
        var (turns, session) = TurnsOf(data);
        var (content, summary) = transcript.Label(turns, OptionsOf(data.Options));
        return Task.FromResult(new LabelResult
        {
            Words = Member(data.Words, WordsMember, content),
            Lines = Member(data.Lines, LinesMember, content),
            Transcript = data.Transcript is null ? null : Encoding.UTF8.GetString(content.Span),
            SessionId = session,
            Cues = summary.Cues,
            Splits = summary.Splits,
            Labelled = summary.Labelled,
            Unknown = summary.Unknown,
        });
    }

    private static Transcript Read(LabelRequest data) => (IsGiven(data.Words), IsGiven(data.Lines), data.Transcript) switch
    {
        (true, false, null) => List(data.Words, WordsMember, "data.words"),
        (false, true, null) => List(data.Lines, LinesMember, "data.lines"),
        (false, false, { } text) => Transcript.Read(Encoding.UTF8.GetBytes(text), "data.transcript", FormatOf(data.Format)),
        _ => throw new UserErrorException("Give one of data.words, data.lines and data.transcript."),
    };

    private static Transcript List(JsonElement list, string member, string source) =>
        Transcript.Read(Encoding.UTF8.GetBytes($"{{\"{member}\":{list.GetRawText()}}}"), source, TranscriptFormat.Json);

    private static TranscriptFormat? FormatOf(string? name) =>
        name is null ? null : TranscriptFormats.Find(name) ?? throw new UserErrorException($"data.format must be one of {TranscriptFormats.Names}.");

    private static bool IsGiven(JsonElement element) => element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    private static JsonElement? Member(JsonElement given, string member, ReadOnlyMemory<byte> content)
    {
        if (!IsGiven(given))
            return null;
        using var document = JsonDocument.Parse(content);
        return document.RootElement.GetProperty(member).Clone();
    }

    private (IReadOnlyList<SpeakerSegment> Turns, string? Session) TurnsOf(LabelRequest data)
    {
        if (data.Turns is { } given)
        {
            if (data.Stream is not null || data.Zero is not null)
                throw new UserErrorException("data.turns are on the transcript's own times; leave out data.stream and data.zero.");
            return ([.. given.Select(SegmentOf)], null);
        }

        var (session, turns) = history.Of(data.Stream);
        var offset = data.Zero is { } zero ? (zero - session.StartedAt).TotalSeconds : 0;
        return ([.. turns.Select(t => t with { Start = t.Start - offset, End = t.End - offset })], session.SessionId);
    }

    private static SpeakerSegment SegmentOf(LabelTurn? turn) => turn is not { } given ? throw new UserErrorException("data.turns has an entry that is null.")
        : given.Start < given.End ? new SpeakerSegment("", given.Speaker, given.Start, given.End)
        : throw new UserErrorException("data.turns has a turn that does not end after its start.");

    private static LabelOptions OptionsOf(LabelSettings? settings)
    {
        var defaults = new LabelOptions();
        return new LabelOptions
        {
            NearestTurn = settings?.Nearest ?? defaults.NearestTurn,
            Jitter = settings?.Jitter ?? defaults.Jitter,
            SentenceEnd = settings?.SentenceEnd ?? defaults.SentenceEnd,
            Unknown = settings?.Unknown ?? defaults.Unknown,
            Split = settings?.Split ?? defaults.Split,
        };
    }
}
