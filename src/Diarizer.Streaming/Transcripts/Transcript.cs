using Diarizer.Streaming.Scoring;
using Diarizer.Streaming.Transcripts.Ctm;
using Diarizer.Streaming.Transcripts.Json;
using Diarizer.Streaming.Transcripts.Subtitles;
using Diarizer.Streaming.Transcripts.Words;

namespace Diarizer.Streaming.Transcripts;

/// <summary>A transcript that speakers can be put into. What they do not touch stays byte for byte as it was.</summary>
public abstract class Transcript
{
    private protected Transcript(TranscriptFormat format, string source) => (Format, Source) = (format, source);

    /// <summary>How it is written.</summary>
    public TranscriptFormat Format { get; }

    /// <summary>Its name in messages.</summary>
    public string Source { get; }

    internal abstract IReadOnlyList<Cue> Cues { get; }

    /// <summary>Reads a transcript: UTF-8 with or without a byte order mark, or UTF-16 with one.</summary>
    /// <param name="content">The file.</param>
    /// <param name="source">Its name or path: its ending helps to tell the format, its stem to find the recording in an RTTM file.</param>
    /// <param name="format">The format; null tells it from content and name.</param>
    /// <exception cref="UserErrorException">It is malformed, of an unknown format, or larger than <see cref="TranscriptLimits"/> allow.</exception>
    public static Transcript Read(ReadOnlyMemory<byte> content, string source, TranscriptFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (content.Length > TranscriptLimits.MaximumBytes)
            throw new UserErrorException($"{source} is larger than {TranscriptLimits.MaximumBytes >> 20} MiB; split it into several files.");
        var text = TranscriptText.Decode(content.Span, source);
        return (format ?? FormatDetection.Detect(text.Text, source)) switch
        {
            TranscriptFormat.Srt => SubRipReader.Read(text),
            TranscriptFormat.Vtt => WebVttReader.Read(text),
            TranscriptFormat.Json => WhisperReader.Read(text),
            _ => CtmReader.Read(text),
        };
    }

    /// <summary>Puts the speakers of <paramref name="turns"/> into the transcript.</summary>
    /// <param name="turns">Who speaks when, in seconds of the transcript's times; in any order, overlaps allowed.</param>
    /// <param name="options">How.</param>
    /// <exception cref="UserErrorException">The options are out of bounds, or it is not clear whose turns to take.</exception>
    public LabelledTranscript Label(IReadOnlyList<SpeakerSegment> turns, LabelOptions options)
    {
        ArgumentNullException.ThrowIfNull(turns);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is [var problem, ..])
            throw new UserErrorException(problem);
        var labelled = CueLabeller.Label(Cues, new RecordingTurns(turns, options.Recording, Source), options);
        return new LabelledTranscript(Write(labelled), CueSummary.Of(Format, labelled));
    }

    internal abstract ReadOnlyMemory<byte> Write(IReadOnlyList<LabelledCue> cues);
}
