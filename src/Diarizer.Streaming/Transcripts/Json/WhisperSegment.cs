using Diarizer.Streaming.Transcripts.Words;

namespace Diarizer.Streaming.Transcripts.Json;

/// <summary>A word of the file.</summary>
/// <param name="Value">The whole object.</param>
/// <param name="Word">What it says, and when.</param>
/// <param name="Text">Its text, trimmed.</param>
internal sealed record WhisperWord(JsonSpan Value, TranscriptWord Word, string Text);

/// <summary>A segment of the file.</summary>
/// <param name="Value">The whole object.</param>
/// <param name="Text">Its text, or null.</param>
/// <param name="WordList">Its array of words, or null.</param>
/// <param name="Words">The words in that array.</param>
internal sealed record WhisperSegment(JsonSpan Value, JsonSpan? Text, JsonSpan? WordList, IReadOnlyList<WhisperWord> Words);
