namespace Diarizer.Audio;

/// <summary>What one <see cref="IAudioSource.Read"/> delivered.</summary>
/// <param name="Frames">Frames written to the buffer; 0 with <paramref name="EndOfStream"/> false means that nothing came within the source's patience.</param>
/// <param name="LostFrames">Frames lost just before these (overrun, device loss, lost packets), at the source's rate.</param>
/// <param name="EndOfStream">True when no further frame will come.</param>
public readonly record struct AudioRead(int Frames, long LostFrames, bool EndOfStream);
