using System.CommandLine;
using Diarizer.Training.Data;
using Diarizer.Training.Evaluation;

namespace Diarizer.Training.Commands;

/// <summary>The options by which the scores of several models are fused.</summary>
internal sealed class FusionInput
{
    public const string Fused = "fused";

    private const string Mean = "mean", Logistic = "logistic";

    private readonly bool _fitted;
    private readonly Option<string?> _method;
    private readonly Option<double[]> _weights = new("--weights") { Description = "Weights of the models in the mean, in their order [all equal]", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _list = new("--development") { Description = "Trial list to fit the regression on; other speakers than those of the trials" };
    private readonly Option<string?> _split = new("--development-split") { Description = "Split to draw the regression's trials from, instead of a list" };
    private readonly Option<double> _prior = new("--prior") { Description = "Share of same-speaker pairs that the regression is made for", DefaultValueFactory = _ => 0.5 };

    /// <param name="fitted">Whether a regression can be fitted; else there is only the mean.</param>
    public FusionInput(bool fitted)
    {
        _fitted = fitted;
        _method = new("--fuse") { Description = $"Also fuses the models: {Mean}, of normalised scores{(fitted ? $"; or {Logistic}, a regression on development trials" : "")}" };
    }

    public void AddTo(Command command)
    {
        foreach (var option in _fitted ? new Option[] { _method, _weights, _list, _split, _prior } : [_method, _weights])
            command.Options.Add(option);
    }

    /// <summary>What the regression is fitted on; null if none is.</summary>
    /// <param name="draw">Draws trials among utterances.</param>
    /// <exception cref="UserErrorException">The options contradict each other, or the data is of no use.</exception>
    public (SpeechSource Source, TrialPairs Pairs)? Development(ParseResult parsed, SpeechInput speech, Func<IReadOnlyList<Utterance>, TrialSet> draw, CancellationToken cancellation)
    {
        if (parsed.GetValue(_method) != Logistic)
            return null;
        var (list, split) = (parsed.GetValue(_list), parsed.GetValue(_split));
        if (list is null == split is null)
            throw new UserErrorException($"--fuse {Logistic} needs trials to fit on; give either --development LIST or --development-split SPLIT.");
        var source = speech.Open(parsed, null, split, cancellation);
        return (source, (list is null ? draw(source.Utterances) : TrialList.Read(list, source.Utterances)).Pairs);
    }

    /// <summary>The fused scores of each crop; nothing without the option.</summary>
    /// <param name="models">The scores of each model at each crop.</param>
    public IEnumerable<ModelScores> Fuse(ParseResult parsed, IReadOnlyList<ModelScores> models) => parsed.GetValue(_method) is null
        ? []
        : models.GroupBy(m => m.Crop).Select(crop => Fuse(parsed, crop.Key, [.. crop]));

    /// <exception cref="UserErrorException">An option is out of bounds, or of no use with the others.</exception>
    public void Check(ParseResult parsed, int models)
    {
        string? method = parsed.GetValue(_method);
        double[] weights = parsed.GetValue(_weights) ?? [];
        if (!(method is null or Mean || (method == Logistic && _fitted)))
            throw new UserErrorException($"--fuse is '{method}'; give {Mean}{(_fitted ? $" or {Logistic}" : "")}.");
        if (weights.Length > 0 && method != Mean)
            throw new UserErrorException($"--weights is for --fuse {Mean}; leave it out.");
        if (_fitted && method != Logistic && (parsed.GetValue(_list) ?? parsed.GetValue(_split)) is not null)
            throw new UserErrorException($"--development and --development-split are for --fuse {Logistic}; leave them out.");
        if (method is not null && models < 2)
            throw new UserErrorException("--fuse needs several models; give --model for each.");
        if (weights.Length > 0 && (weights.Length != models || weights.Any(w => !(w >= 0)) || weights.Sum() is not (> 0 and < double.PositiveInfinity)))
            throw new UserErrorException($"--weights gives {string.Join(", ", weights)}; give a number of 0 or more for each of the {models} models, not all 0.");
        if (_fitted && parsed.GetValue(_prior) is not (> 0 and < 1))
            throw new UserErrorException($"--prior is {parsed.GetValue(_prior)}; give a share between 0 and 1.");
    }

    private ModelScores Fuse(ParseResult parsed, double? crop, ModelScores[] models)
    {
        double[] weights = parsed.GetValue(_weights) is { Length: > 0 } given ? given : [.. models.Select(_ => 1.0)];
        var fusion = models[0].Development is null
            ? LinearFusion.OfNormalised([.. models.Select(m => m.All)], weights)
            : LogisticFusion.Fit([.. models.Select(m => m.Development!)], parsed.GetValue(_prior));
        var sets = Enumerable.Range(0, models[0].Sets.Count).Select(s => fusion.Apply([.. models.Select(m => m.Sets[s])]));
        return new ModelScores(Fused, crop, [.. sets], null);
    }
}
