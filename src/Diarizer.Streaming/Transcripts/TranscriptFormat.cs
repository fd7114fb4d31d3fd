namespace Diarizer.Streaming.Transcripts;

/// <summary>How a transcript is written.</summary>
public enum TranscriptFormat
{
    /// <summary>SubRip subtitles.</summary>
    Srt,

    /// <summary>WebVTT captions (W3C).</summary>
    Vtt,

    /// <summary>JSON of openai-whisper, faster-whisper or WhisperX: <c>segments</c>, each with or without <c>words</c>.</summary>
    Json,

    /// <summary>NIST time-marked words, one a line.</summary>
    Ctm,
}
