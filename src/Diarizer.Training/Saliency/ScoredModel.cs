using Diarizer.Networks.Models;
using Diarizer.Training.Configuration;
using Diarizer.Training.Data;
using Diarizer.Training.Data.Audio;
using Diarizer.Training.Data.Sources;

namespace Diarizer.Training.Saliency;

/// <summary>Opens an embedder, which has no classifier any more, for utterances of any speakers.</summary>
internal static class ScoredModel
{
    /// <param name="path">Weights or card.</param>
    /// <param name="manifest">Manifest, folder of speakers or Kaldi data directory.</param>
    /// <param name="split">Only its utterances of this split; null for all.</param>
    /// <exception cref="UserErrorException">The model or the data is of no use, or the choice asks for what only a run has.</exception>
    public static ScoredSet Open(string path, string manifest, string? split, ScoredChoice choice)
    {
        if (choice.Target != ScoreTarget.Mean)
            throw new UserErrorException("A model file holds no classifier: give --run with the folder that it was trained in, or --target mean for the cosine to each speaker's mean embedding.");
        if (choice.Augment)
            throw new UserErrorException("--augment changes crops as a run's configuration says; it goes with --run.");
        var utterances = new UtteranceSources(choice.Cache, Console.WriteLine, choice.Cancellation).Open(manifest, SourceKind.Auto).Read(split).ToList();
        var audio = AudioStores.Open(utterances, new DataOptions().DecodeFirstHours, choice.Cache, Console.WriteLine, choice.Cancellation);
        var speakers = SpeakerUtterances.Group(UsableUtterances.Of(utterances, audio, 1).Utterances);
        if (speakers.Count < 2)
            throw new UserErrorException("The manifest has fewer than two speakers with audio; give another --manifest or --split.");
        var (card, network) = ModelFile.Load(path, ModelKind.SpeakerEmbedding);
        var frontEnd = card.CreateFrontEnd();
        var drawn = choice.Draw(speakers);
        var library = new SpeechLibrary(speakers, audio);
        var crops = new LabelledCrops(library, [.. drawn.Select(d => new LabelledCrop(d.Utterance, d.Speaker))], frontEnd, choice.CropSeconds, null, choice.Seed);
        string data = $"{ScoredChoice.Describe(drawn)} of {Path.GetFileName(Path.TrimEndingDirectorySeparator(manifest))}";
        return ScoredSet.OfMeans(network, $"{card.Name} ({card.Network})", frontEnd, speakers.Count, crops, data, choice);
    }
}
