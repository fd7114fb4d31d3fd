namespace Diarizer.Streaming.Speakers;

/// <summary>A speaker of the running session.</summary>
/// <param name="Id">Number within the session, from 1; below 0 for a person who was enrolled.</param>
/// <param name="SpeechSeconds">Speech attributed so far.</param>
/// <param name="LastSeen">Sample at which the speaker was last heard.</param>
/// <param name="Exemplars">Embeddings held of the speaker.</param>
public readonly record struct SpeakerSummary(int Id, double SpeechSeconds, long LastSeen, int Exemplars);
