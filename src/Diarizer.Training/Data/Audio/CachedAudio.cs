namespace Diarizer.Training.Data.Audio;

/// <summary>Audio that was decoded beforehand.</summary>
/// <param name="files">The decoded form of each file that could be decoded.</param>
internal sealed class CachedAudio(IReadOnlyDictionary<string, PcmFile> files) : IAudioStore
{
    public long? Available(string file) => files.TryGetValue(file, out var pcm) ? pcm.Length : null;

    public void Read(string file, long start, Span<float> samples) => files[file].Read(start, samples);
}
