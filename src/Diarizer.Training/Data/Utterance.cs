namespace Diarizer.Training.Data;

/// <summary>A stretch of one audio file in which one speaker talks. Millions of them are held at once: equal names share one string.</summary>
/// <param name="Id">Name of the utterance.</param>
/// <param name="Speaker">Name of the speaker, unique over all corpora.</param>
/// <param name="Corpus">Recordings made alike; trials never cross corpora.</param>
/// <param name="Split">The part of the data it belongs to, such as train or test.</param>
/// <param name="Session">Call or recording; empty when unknown.</param>
/// <param name="File">Audio file, relative to <see cref="Root"/> or absolute.</param>
/// <param name="Start">First sample at 16 kHz.</param>
/// <param name="Length">Samples at 16 kHz.</param>
internal sealed record Utterance(string Id, string Speaker, string Corpus, string Split, string Session, string File, long Start, int Length)
{
    /// <summary>The folder that the file's path starts from.</summary>
    public string Root { get; init; } = "";

    /// <summary>Path of the audio file.</summary>
    public string FullPath => Path.Combine(Root, File);
}
