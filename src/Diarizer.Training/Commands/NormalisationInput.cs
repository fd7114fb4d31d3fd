using System.CommandLine;
using Diarizer.Training.Data;
using Diarizer.Training.Evaluation;

namespace Diarizer.Training.Commands;

/// <summary>The options of adaptive score normalisation.</summary>
internal sealed class NormalisationInput
{
    private const int MostUtterances = 1_000;

    private readonly Option<int?> _k = new("--as-norm") { Description = "Normalises scores by each utterance's K nearest impostors, such as 100, of a cohort of training speakers" };
    private readonly Option<string?> _manifest = new("--cohort") { Description = "Manifest, folder or Kaldi directory of the cohort [that of the trials]" };
    private readonly Option<string> _split = new("--cohort-split") { Description = "Split of the cohort; speakers in the trials are left out", DefaultValueFactory = _ => "train" };
    private readonly Option<int> _most = new("--cohort-utterances") { Description = "Utterances of which a cohort speaker's mean embedding is made", DefaultValueFactory = _ => 10 };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _k, _manifest, _split, _most })
            command.Options.Add(option);
    }

    /// <summary>The cohort, its audio and K; null without the option.</summary>
    /// <param name="tested">Utterances whose speakers must not be in the cohort.</param>
    /// <param name="seed">Of the choice among a speaker's utterances.</param>
    /// <exception cref="UserErrorException">An option is out of bounds or the cohort is too small.</exception>
    public (Cohort Speakers, SpeechLibrary Library, int K)? Open(ParseResult parsed, SpeechInput speech, IReadOnlyList<Utterance> tested, long seed, CancellationToken cancellation)
    {
        if (parsed.GetValue(_k) is not { } k)
            return parsed.GetValue(_manifest) is null ? null : throw new UserErrorException("--cohort is for --as-norm; give both or neither.");
        if (k < 2)
            throw new UserErrorException($"--as-norm is {k}; give 2 impostors or more.");
        int most = parsed.GetValue(_most);
        if (most is < 1 or > MostUtterances)
            throw new UserErrorException($"--cohort-utterances is {most}; give 1 to {MostUtterances}.");
        var source = speech.Open(parsed, parsed.GetValue(_manifest), parsed.GetValue(_split), cancellation);
        var cohort = Cohort.Choose(source.Utterances, tested, most, seed);
        if (k > cohort.Speakers.Count)
            throw new UserErrorException(
                $"--as-norm is {k}, but split '{parsed.GetValue(_split)}' has only {cohort.Speakers.Count} speakers that are in no trial; give a smaller K, or more speakers with --cohort and --cohort-split.");
        var (utterances, library) = source.Decode(cohort.Utterances, cancellation);
        return (cohort with { Utterances = utterances }, library, k);
    }
}
