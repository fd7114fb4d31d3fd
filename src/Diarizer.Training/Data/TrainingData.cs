using Diarizer.Audio;
using Diarizer.Training.Configuration;

namespace Diarizer.Training.Data;

/// <summary>The data of a run: speakers to train with, speakers to validate with, noises.</summary>
internal sealed record TrainingData(SpeechLibrary Training, SpeechLibrary Validation, NoiseLibrary? Noises)
{
    /// <summary>Reads the manifest, fills the cache and splits the speakers.</summary>
    /// <param name="say">Gets lines for the user.</param>
    /// <exception cref="UserErrorException">Something is missing or too little is left.</exception>
    public static TrainingData Open(RunOptions run, string root, PcmCache cache, Action<string> say, CancellationToken cancellation)
    {
        var options = run.Data;
        var manifest = new Manifest(Path.Combine(root, options.Manifest));
        var utterances = manifest.Read(options.Split).ToList();
        if (utterances.Count == 0)
            throw new UserErrorException($"The manifest has no utterance of split '{options.Split}'; change data.split.");
        var files = DecodeAll(utterances, manifest.Root, cache, say, cancellation);
        int shortest = (int)SampleClock.FromSeconds(options.ShortestSeconds);
        var (usable, skipped) = SpeechLibrary.Usable(utterances, files, manifest.Root, shortest);
        if (skipped > 0)
            say($"{skipped} of {utterances.Count} utterances are left out: their audio is missing, broken, or shorter than {options.ShortestSeconds} s");
        var speakers = SpeakerUtterances.Group(usable);
        if (speakers.Count < 2)
            throw new UserErrorException($"The data has {speakers.Count} usable speaker(s); training needs at least two.");
        var (training, validation) = ValidationSplit.Of(speakers, options.ValidationShare, run.Seed);
        say($"{training.Count} speakers to train with ({SampleClock.ToSeconds(training.Sum(s => s.Samples)) / 3600:0.00} h), {validation.Count} to validate with");
        var noises = options.Noise.Length > 0 ? NoiseLibrary.Open(Path.Combine(root, options.Noise), cache) : null;
        return new TrainingData(new SpeechLibrary(training, files, manifest.Root), new SpeechLibrary(validation, files, manifest.Root), noises);
    }

    /// <summary>Decodes the files of utterances, saying so when it takes long.</summary>
    public static IReadOnlyDictionary<string, PcmFile> DecodeAll(
        IEnumerable<Utterance> utterances, string root, PcmCache cache, Action<string> say, CancellationToken cancellation)
    {
        var paths = utterances.Select(u => Path.Combine(root, u.File)).Distinct().ToList();
        long said = Environment.TickCount64;
        int problems = 0;
        return cache.Build(paths, (done, of, problem) =>
        {
            if (problem is not null && problems++ < 5)
                say(problem);
            if (Environment.TickCount64 - said < 5_000)
                return;
            said = Environment.TickCount64;
            say($"decoding audio once: {done} of {of} files");
        }, cancellation);
    }
}
