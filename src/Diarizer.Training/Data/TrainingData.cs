using Diarizer.Audio;
using Diarizer.Training.Configuration;
using Diarizer.Training.Data.Audio;
using Diarizer.Training.Data.Sources;

namespace Diarizer.Training.Data;

/// <summary>The data of a run: speakers to train with, speakers to validate with, noises.</summary>
internal sealed record TrainingData(SpeechLibrary Training, SpeechLibrary Validation, NoiseLibrary? Noises)
{
    /// <summary>Reads the sources, prepares their audio and splits the speakers.</summary>
    /// <param name="root">The data's folder.</param>
    /// <param name="say">Gets lines for the user, from any thread.</param>
    /// <exception cref="UserErrorException">Something is missing or too little is left.</exception>
    public static TrainingData Open(RunOptions run, string root, PcmCache cache, Action<string> say, CancellationToken cancellation)
    {
        var options = run.Data;
        var utterances = new UtteranceSources(cache, say, cancellation).Read(options, root);
        if (utterances.Count == 0)
            throw new UserErrorException($"The data has no utterance of split '{options.Split}'; change data.split.");
        var audio = AudioStores.Open(utterances, options.DecodeFirstHours, cache, say, cancellation);
        int shortest = (int)SampleClock.FromSeconds(options.ShortestSeconds);
        var usable = UsableUtterances.Of(utterances, audio, shortest);
        if (options.RemoveSilence is { } silence)
        {
            var (speech, speechAudio) = SpeechOnlyAudio.Of(usable.Utterances, audio, silence);
            say(FormattableString.Invariant($"without silence {SampleClock.ToSeconds(speech.Sum(u => (long)u.Length)) / 3600:0.00} of {SampleClock.ToSeconds(usable.Utterances.Sum(u => (long)u.Length)) / 3600:0.00} h are left"));
            var remaining = UsableUtterances.Of(speech, speechAudio, shortest);
            (usable, audio) = (remaining with { Missing = usable.Missing, TooShort = usable.TooShort + remaining.TooShort }, speechAudio);
        }
        string? leftOut = usable.LeftOut(options.ShortestSeconds);
        if (leftOut is not null)
            say(leftOut);
        var speakers = SpeakerUtterances.Group(usable.Utterances);
        if (speakers.Count < 2)
            throw new UserErrorException($"The data has {speakers.Count} usable speaker(s){(leftOut is null ? "" : $" ({leftOut})")}; training needs at least two.");
        var (training, validation) = ValidationSplit.Of(speakers, options.ValidationShare, run.Seed);
        if (validation.Count == 0 && run.Loop.Patience > 0)
            throw new UserErrorException("loop.patience needs validation, but no speaker is split off for it; raise data.validationShare (speakers need two utterances each), or set loop.patience to 0.");
        say(FormattableString.Invariant($"{training.Count} speakers to train with ({SampleClock.ToSeconds(training.Sum(s => s.Samples)) / 3600:0.00} h), {validation.Count} to validate with"));
        var noises = options.Noise.Length > 0 ? NoiseLibrary.Open(Path.Combine(root, options.Noise), cache) : null;
        return new TrainingData(new SpeechLibrary(training, audio), new SpeechLibrary(validation, audio), noises);
    }
}
