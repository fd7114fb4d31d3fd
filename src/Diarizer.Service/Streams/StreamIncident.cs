using Diarizer.Mqtt.Contract;

namespace Diarizer.Service.Streams;

/// <summary>Something that happened to a stream apart from what was said in it.</summary>
/// <param name="Stream">Name of the stream.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Message">One sentence.</param>
/// <param name="LengthMs">How long it took, milliseconds; null when that makes no sense.</param>
/// <param name="Speaker">Id of a speaker who is no more.</param>
/// <param name="MergedInto">Id of the speaker who took over.</param>
public sealed record StreamIncident(string Stream, NodeEventType Kind, string Message, long? LengthMs = null, string? Speaker = null, string? MergedInto = null);
