namespace Diarizer.Training.Data.Sources;

/// <summary>What describes a set of utterances: a manifest, a folder of speakers, a Kaldi directory.</summary>
internal interface IUtteranceSource
{
    /// <summary>Streams the utterances in an order that depends on the source alone; the utterances' names differ from each other.</summary>
    /// <param name="split">Only those of this split; null for all. A source that knows no splits gives all of them this one.</param>
    /// <exception cref="UserErrorException">The source has a defect; the message names the place.</exception>
    IEnumerable<Utterance> Read(string? split = null);
}
