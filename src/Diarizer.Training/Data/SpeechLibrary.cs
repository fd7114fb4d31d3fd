using Diarizer.Training.Data.Audio;

namespace Diarizer.Training.Data;

/// <summary>Speakers with their audio at hand. Safe to read from several threads.</summary>
internal sealed class SpeechLibrary(IReadOnlyList<SpeakerUtterances> speakers, IAudioStore audio)
{
    public IReadOnlyList<SpeakerUtterances> Speakers { get; } = speakers;

    /// <summary>Reads a stretch of an utterance; what reaches past its end continues at its start, so that a word can fill a longer crop.</summary>
    /// <param name="offset">First sample, counted from the utterance's start.</param>
    public void Read(Utterance utterance, int offset, Span<float> samples)
    {
        string file = utterance.FullPath;
        while (!samples.IsEmpty)
        {
            offset %= utterance.Length;
            int count = Math.Min(samples.Length, utterance.Length - offset);
            audio.Read(file, utterance.Start + offset, samples[..count]);
            samples = samples[count..];
            offset += count;
        }
    }
}
