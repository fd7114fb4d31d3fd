using System.CommandLine;
using Diarizer.Service.Output;
using Diarizer.Service.Streams;
using Diarizer.Streaming.Scoring;
using Diarizer.Streaming.Transcripts;

namespace Diarizer.Service.Commands;

/// <summary><c>diarizer label</c>: puts speakers into a transcript.</summary>
internal static class LabelCommand
{
    private static readonly LabelOptions Defaults = new();

    public static Command Create()
    {
        var transcript = new Argument<string>("TRANSCRIPT") { Description = "What was said: SubRip, WebVTT, the JSON of whisper, faster-whisper or WhisperX, or CTM." };
        var rttm = new Option<string>("--rttm") { Description = "Who speaks when: an RTTM file, or a folder of them.", HelpName = "R" };
        var audio = new Option<string>("--audio") { Description = "The recording, to be diarized now (WAV, FLAC, Ogg, Opus, MP3).", HelpName = "A" };
        var output = new Option<string>("--output", "-o") { Description = "File to write, in the same format.", HelpName = "OUT", Required = true };
        var format = new Option<string>("--format") { Description = "srt, vtt, json or ctm (default: told from content and name).", HelpName = "F" };
        var recording = new Option<string>("--recording")
        {
            Description = "Name of the recording in the RTTM, if that is of several (default: the transcript's).",
            HelpName = "NAME",
        };
        var nearest = new Option<double>("--nearest")
        {
            Description = "Seconds from a word outside all turns to the turn it is given to at most.",
            HelpName = "S",
            DefaultValueFactory = _ => Defaults.NearestTurn,
        };
        var jitter = new Option<double>("--jitter")
        {
            Description = "Seconds of another speaker within one word, below which that word is not split off.",
            HelpName = "S",
            DefaultValueFactory = _ => Defaults.Jitter,
        };
        var sentenceEnd = new Option<double>("--sentence-end")
        {
            Description = "Seconds that a change is moved at most to the end of a sentence, where words have no times.",
            HelpName = "S",
            DefaultValueFactory = _ => Defaults.SentenceEnd,
        };
        var unknown = new Option<string>("--unknown")
        {
            Description = "What to write for nobody; \"\" writes nothing.",
            HelpName = "LABEL",
            DefaultValueFactory = _ => Defaults.Unknown,
        };
        var noSplit = new Option<bool>("--no-split") { Description = "Keep cues whole; each gets the speaker of most of its time." };
        var json = new Option<bool>("--json") { Description = "Print the summary as JSON." };
        var command = new Command("label", "Puts speakers into a transcript, and splits its cues where the speaker changes.")
        {
            transcript, rttm, audio, output, format, recording, nearest, jitter, sentenceEnd, unknown, noSplit, json, SharedOptions.NoSpeakers, SharedOptions.Config, SharedOptions.Device, SharedOptions.ModelDirectory,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(rttm) is null == result.GetResult(audio) is null)
                result.AddError("Give either --rttm or --audio");
        });
        command.SetAction(async (parsed, cancel) =>
        {
            var options = new LabelOptions
            {
                Recording = parsed.GetValue(recording),
                NearestTurn = parsed.GetValue(nearest),
                Jitter = parsed.GetValue(jitter),
                SentenceEnd = parsed.GetValue(sentenceEnd),
                Unknown = parsed.GetValue(unknown)!,
                Split = !parsed.GetValue(noSplit),
            };
            var files = LabelFiles.Check(parsed.GetValue(transcript)!, parsed.GetValue(output)!, options);
            // The transcript first: it is quickly read, and diarizing a recording is not.
            var read = files.Read(FormatOf(parsed.GetValue(format)));
            var turns = parsed.GetValue(rttm) is { } path
                ? TurnFiles.Read(path)
                : await DiarizeAsync(parsed, parsed.GetValue(audio)!, cancel);
            var labelled = read.Label(turns, options);
            files.Write(labelled.Content);
            LabelReport.Write(Console.Out, labelled.Summary, parsed.GetValue(output)!, parsed.GetValue(json));
            return ExitCode.Success;
        });
        return command;
    }

    private static TranscriptFormat? FormatOf(string? name) =>
        name is null ? null : TranscriptFormats.Find(name) ?? throw new UserErrorException($"--format {name} is not known; give {TranscriptFormats.Names}.");

    private static async Task<IReadOnlyList<SpeakerSegment>> DiarizeAsync(ParseResult parsed, string audio, CancellationToken cancel)
    {
        if (!File.Exists(audio))
            throw new UserErrorException($"{audio} does not exist; check the path.");
        await using var pipeline = RecordingPipeline.Load(parsed.GetValue(SharedOptions.ModelDirectory), parsed.GetValue(SharedOptions.Device), options: SharedOptions.CoreOf(parsed));
        if (!parsed.GetValue(SharedOptions.NoSpeakers))
            pipeline.Recall(parsed.GetValue(SharedOptions.Config), CommandLine.Complain);
        var (timeline, _) = await pipeline.Recordings.DiarizeAsync(audio, _ => { }, cancel);
        return timeline.ToSegments(Path.GetFileNameWithoutExtension(audio), nameOf: pipeline.Recordings.Known.Names.Of);
    }
}
