namespace Diarizer.Audio.Capturing;

/// <summary>What one read of a <see cref="Capture"/> delivered, in samples of 16 kHz.</summary>
/// <param name="Samples">Samples written to the buffer; 0 for a gap that audio has not followed yet, and at the end.</param>
/// <param name="Gap">Samples lost just before these: the capture clock advances by <paramref name="Gap"/> and then by <paramref name="Samples"/>.</param>
/// <param name="EndOfStream">True when nothing further will come.</param>
public readonly record struct CaptureRead(int Samples, long Gap, bool EndOfStream);
