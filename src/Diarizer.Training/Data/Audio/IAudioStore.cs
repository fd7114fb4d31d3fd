namespace Diarizer.Training.Data.Audio;

/// <summary>The samples of a set of audio files, mono at 16 kHz. Safe to read from several threads.</summary>
internal interface IAudioStore
{
    /// <summary>Samples that may be read; null when the file is missing or broken.</summary>
    long? Available(string file);

    /// <summary>Reads samples in [-1, 1); what lies outside the file is 0.</summary>
    /// <param name="start">First sample.</param>
    void Read(string file, long start, Span<float> samples);
}
