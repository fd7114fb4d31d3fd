namespace Diarizer.Training.Data;

/// <summary>Speakers with their decoded audio at hand. Safe to read from several threads.</summary>
internal sealed class SpeechLibrary(IReadOnlyList<SpeakerUtterances> speakers, IReadOnlyDictionary<string, PcmFile> files, string root)
{
    public IReadOnlyList<SpeakerUtterances> Speakers { get; } = speakers;

    /// <summary>Reads a stretch of an utterance; what reaches past its end continues at its start, so that a word can fill a longer crop.</summary>
    /// <param name="offset">First sample, counted from the utterance's start.</param>
    public void Read(Utterance utterance, int offset, Span<float> samples)
    {
        var file = files[Path.Combine(root, utterance.File)];
        while (!samples.IsEmpty)
        {
            offset %= utterance.Length;
            int count = Math.Min(samples.Length, utterance.Length - offset);
            file.Read(utterance.Start + offset, samples[..count]);
            samples = samples[count..];
            offset += count;
        }
    }

    /// <summary>Keeps the utterances whose audio is there and long enough, and counts the others.</summary>
    /// <param name="shortest">Samples below which an utterance is of no use.</param>
    public static (IReadOnlyList<Utterance> Usable, int Skipped) Usable(
        IEnumerable<Utterance> utterances, IReadOnlyDictionary<string, PcmFile> files, string root, int shortest)
    {
        var usable = new List<Utterance>();
        int skipped = 0;
        foreach (var utterance in utterances)
        {
            long available = files.TryGetValue(Path.Combine(root, utterance.File), out var file) ? file.Length - utterance.Start : 0;
            int length = (int)Math.Min(utterance.Length, available);
            if (length < shortest)
                skipped++;
            else
                usable.Add(length == utterance.Length ? utterance : utterance with { Length = length });
        }
        return (usable, skipped);
    }
}
