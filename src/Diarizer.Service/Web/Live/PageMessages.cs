using System.Text.Json.Serialization;
using Diarizer.Mqtt.Contract;

namespace Diarizer.Service.Web.Live;

/// <summary>A turn as pages draw it.</summary>
/// <param name="N">Number within the session.</param>
/// <param name="Revision">The highest wins.</param>
/// <param name="Speaker">Id of the speaker.</param>
/// <param name="StartMs">First instant, on the sample clock of the session.</param>
/// <param name="EndMs">Last instant known.</param>
/// <param name="Open">True while it goes on.</param>
/// <param name="Decided">False while the speaker is provisional.</param>
/// <param name="Confidence">Calibrated, 0 to 1.</param>
internal sealed record PageTurn(int N, int Revision, string Speaker, long StartMs, long EndMs, bool Open, bool Decided, double Confidence);

/// <summary>A speaker of a session.</summary>
/// <param name="Id">Id within the session.</param>
/// <param name="Name">Name; null for none.</param>
/// <param name="Enrolled">True for an enrolled person.</param>
/// <param name="SpeechS">Seconds of speech.</param>
internal sealed record PageSpeaker(string Id, string? Name, bool Enrolled, double SpeechS);

/// <summary>A session with all that is remembered of it.</summary>
/// <param name="Stream">Name of the stream.</param>
/// <param name="SessionId">The session.</param>
/// <param name="StartedAt">UTC of its first sample.</param>
/// <param name="LengthMs">Its length; null while it runs.</param>
/// <param name="Speakers">Who was heard.</param>
/// <param name="Turns">Who spoke when.</param>
internal sealed record PageSession(
    string Stream,
    string SessionId,
    [property: JsonConverter(typeof(UtcMillisecondsConverter))] DateTimeOffset StartedAt,
    long? LengthMs,
    IReadOnlyList<PageSpeaker> Speakers,
    IReadOnlyList<PageTurn> Turns);

/// <summary>A stream.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Status">How it is doing.</param>
/// <param name="PositionMs">How far its session is.</param>
/// <param name="Session">The session that runs, or the last one; null before the first.</param>
internal sealed record PageStream(string Name, [property: JsonConverter(typeof(SnakeCaseEnumConverter<StreamStatus>))] StreamStatus Status, long PositionMs, PageSession? Session);

/// <summary>How the node is doing.</summary>
/// <param name="Broker">Host and port of the broker.</param>
/// <param name="Connected">True while it has us as online.</param>
/// <param name="Embedded">True for a broker of our own.</param>
/// <param name="Waiting">Events that it has not acknowledged.</param>
/// <param name="Degraded">What does not work as it should.</param>
internal sealed record PageNode(string Broker, bool Connected, bool Embedded, int Waiting, IReadOnlyList<string> Degraded);

/// <summary>Everything that a page needs to begin.</summary>
/// <param name="Name">Name of the node.</param>
/// <param name="Version">Of the daemon.</param>
/// <param name="BootId">The run of the daemon.</param>
/// <param name="Commands">Whether pages may change anything.</param>
/// <param name="EnrolmentOff">Why nobody can be enrolled; null when people can be.</param>
/// <param name="Node">How it is doing.</param>
/// <param name="Streams">All streams.</param>
internal sealed record PageSnapshot(string Name, string Version, string BootId, bool Commands, string? EnrolmentOff, PageNode Node, IReadOnlyList<PageStream> Streams);

/// <summary>A turn began, changed, ended or was corrected.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="SessionId">The session.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Turn">The turn.</param>
/// <param name="Name">Name of the speaker.</param>
/// <param name="LatencyMs">As <see cref="TurnMessage.LatencyMs"/>.</param>
/// <param name="SentMs">When it left the core, Unix milliseconds.</param>
internal sealed record TurnNews(
    string Stream, string SessionId, [property: JsonConverter(typeof(SnakeCaseEnumConverter<TurnEventType>))] TurnEventType Kind, PageTurn Turn, string? Name, long LatencyMs, double SentMs);

/// <summary>A speaker has another id.</summary>
internal sealed record RenumberedNews(string Stream, string SessionId, string From, string To);

/// <summary>Who was heard.</summary>
internal sealed record SpeakersNews(string Stream, string SessionId, IReadOnlyList<PageSpeaker> Speakers);

/// <summary>A session began; <paramref name="LengthMs"/> is given when it ended.</summary>
internal sealed record SessionNews(string Stream, string SessionId, [property: JsonConverter(typeof(UtcMillisecondsConverter))] DateTimeOffset StartedAt, long? LengthMs);

/// <summary>Anybody speaks, or nobody does.</summary>
internal sealed record SpeechNews(string Stream, bool On);

/// <summary>A stream is doing otherwise.</summary>
internal sealed record StatusNews(string Stream, [property: JsonConverter(typeof(SnakeCaseEnumConverter<StreamStatus>))] StreamStatus Status);

/// <summary>Something else happened to a stream.</summary>
internal sealed record IncidentNews(string Stream, [property: JsonConverter(typeof(SnakeCaseEnumConverter<NodeEventType>))] NodeEventType Kind, string Message);

/// <summary>Names or people changed in the past, too.</summary>
internal sealed record PeopleNews;

/// <summary>How loud a stream is.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Peak">Largest magnitude since the last one, dB below full scale.</param>
/// <param name="Level">Root mean square, dB below full scale.</param>
/// <param name="PositionMs">How far its session is.</param>
/// <param name="LagMs">From what the last event told to the event.</param>
internal sealed record MeterNews(string Stream, double Peak, double Level, long PositionMs, double LagMs);

/// <summary>Serialization of what pages get.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PageSnapshot))]
[JsonSerializable(typeof(PageSession))]
[JsonSerializable(typeof(PageNode))]
[JsonSerializable(typeof(TurnNews))]
[JsonSerializable(typeof(RenumberedNews))]
[JsonSerializable(typeof(SpeakersNews))]
[JsonSerializable(typeof(SessionNews))]
[JsonSerializable(typeof(SpeechNews))]
[JsonSerializable(typeof(StatusNews))]
[JsonSerializable(typeof(IncidentNews))]
[JsonSerializable(typeof(PeopleNews))]
[JsonSerializable(typeof(IReadOnlyList<MeterNews>))]
internal sealed partial class PageJson : JsonSerializerContext;
