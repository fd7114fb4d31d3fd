namespace Diarizer.Streaming.LocalSpeakers;

/// <summary>A stretch in which one voice of the session talks.</summary>
/// <param name="Voice">The voice's number.</param>
/// <param name="Start">First sample.</param>
/// <param name="End">Sample after the last.</param>
internal readonly record struct VoiceSegment(int Voice, long Start, long End)
{
    public long Length => End - Start;

    /// <summary>Samples that both cover.</summary>
    public long Common(long start, long end) => Math.Max(0, Math.Min(End, end) - Math.Max(Start, start));
}
