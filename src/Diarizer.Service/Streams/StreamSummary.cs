using Diarizer.Streaming.Speakers;

namespace Diarizer.Service.Streams;

/// <summary>What came of a session.</summary>
/// <param name="Position">Length in samples, gaps included.</param>
/// <param name="Turns">Turns that ended, after all corrections.</param>
/// <param name="Speakers">Who was heard, and how much.</param>
/// <param name="Failure">Why it could not go on; null when its input simply ended or the daemon was told to stop.</param>
public sealed record StreamSummary(long Position, int Turns, IReadOnlyList<SpeakerSummary> Speakers, string? Failure);
