namespace Diarizer.Training.Data.Sources;

/// <summary>What a path to data leads to.</summary>
internal enum SourceKind
{
    /// <summary>A file is a manifest, a folder with <c>wav.scp</c> a Kaldi directory, any other a folder of speakers.</summary>
    Auto,

    /// <summary>Tab-separated text, a row for each utterance.</summary>
    Manifest,

    /// <summary>A folder for each speaker: <c>speaker/utterance.wav</c> or <c>speaker/session/utterance.wav</c>, as in VoxCeleb and LibriSpeech.</summary>
    Folders,

    /// <summary>A Kaldi data directory: <c>wav.scp</c>, <c>utt2spk</c> and perhaps <c>segments</c>.</summary>
    Kaldi,
}
