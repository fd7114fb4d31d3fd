namespace Diarizer.Audio;

/// <summary>What a source delivers, as negotiated and read back (never assumed).</summary>
/// <param name="SampleRate">Frames per second.</param>
/// <param name="Channels">Interleaved channels per frame.</param>
public readonly record struct AudioFormat(int SampleRate, int Channels);
