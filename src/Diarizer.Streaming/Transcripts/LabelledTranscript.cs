namespace Diarizer.Streaming.Transcripts;

/// <summary>A transcript with its speakers.</summary>
/// <param name="Content">The file, in the format, encoding and line ends of the one that was read.</param>
/// <param name="Summary">What was done.</param>
public sealed record LabelledTranscript(ReadOnlyMemory<byte> Content, LabelSummary Summary);
