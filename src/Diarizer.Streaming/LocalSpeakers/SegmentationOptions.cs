namespace Diarizer.Streaming.LocalSpeakers;

/// <summary>How the segmentation network listens a second time, to everything but with some seconds around it: where somebody talks, and where two do.</summary>
public sealed record SegmentationOptions
{
    /// <summary>Seconds that the network hears at once. 2 to 10.</summary>
    public double Window { get; init; } = 5;

    /// <summary>Seconds from one such window to the next. 0.1 to 5.</summary>
    public double Step { get; init; } = 0.5;

    /// <summary>Weight of the voice activity network beside the segmentation network where both say whether somebody talks. 0 to 1.</summary>
    public double VoiceActivityShare { get; init; } = 0.44;

    /// <summary>Probability of speech from which somebody talks. 0 to 1.</summary>
    public double SpeechThreshold { get; init; } = 0.62;

    /// <summary>Weight of the embeddings around a moment beside the local speakers, where both say who talks: the network may take two voices for one local speaker. 0 to 1.</summary>
    public double WindowShare { get; init; } = 0.4;

    /// <summary>Expected number of people talking under which there is no second one. 0 to 2.</summary>
    public double OverlapCount { get; init; } = 1.3;

    /// <summary>Probability of a second speaker from which two talk. 0 to 1.</summary>
    public double OverlapThreshold { get; init; } = 0.6;

    /// <summary>Seconds of the longest pause inside speech that counts as speech. 0 to 2.</summary>
    public double FilledPause { get; init; } = 0.08;

    /// <summary>Seconds of the shortest speech. 0 to 2.</summary>
    public double ShortestSpeech { get; init; } = 0.06;

    /// <summary>Seconds of the longest break of a second speaker that counts as theirs. 0 to 2.</summary>
    public double FilledOverlap { get; init; } = 0.26;

    /// <summary>Seconds of the shortest stretch of a second speaker. 0 to 2.</summary>
    public double ShortestOverlap { get; init; } = 0.08;

    /// <summary>Seconds of the longest pause within a speaker's turn. 0 to 2.</summary>
    public double FilledTurn { get; init; } = 0.24;

    /// <summary>Seconds of the shortest turn. 0 to 2.</summary>
    public double ShortestTurn { get; init; } = 0.44;

    internal void Check(OptionCheck check)
    {
        check.Between("Segmentation:Window", Window, 2, 10);
        check.Between("Segmentation:Step", Step, 0.1, 5);
        check.Between("Segmentation:VoiceActivityShare", VoiceActivityShare, 0, 1);
        check.Between("Segmentation:SpeechThreshold", SpeechThreshold, 0, 1);
        check.Between("Segmentation:WindowShare", WindowShare, 0, 1);
        check.Between("Segmentation:OverlapCount", OverlapCount, 0, 2);
        check.Between("Segmentation:OverlapThreshold", OverlapThreshold, 0, 1);
        check.Between("Segmentation:FilledPause", FilledPause, 0, 2);
        check.Between("Segmentation:ShortestSpeech", ShortestSpeech, 0, 2);
        check.Between("Segmentation:FilledOverlap", FilledOverlap, 0, 2);
        check.Between("Segmentation:ShortestOverlap", ShortestOverlap, 0, 2);
        check.Between("Segmentation:FilledTurn", FilledTurn, 0, 2);
        check.Between("Segmentation:ShortestTurn", ShortestTurn, 0, 2);
    }
}
