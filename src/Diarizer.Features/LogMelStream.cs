namespace Diarizer.Features;

/// <summary>Log-mel frames of a stream; see <see cref="FrameStream"/>.</summary>
public sealed class LogMelStream(LogMel logMel) : FrameStream(logMel);
