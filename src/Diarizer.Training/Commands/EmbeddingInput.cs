using System.CommandLine;
using Diarizer.Networks.Inference;
using Diarizer.Training.Evaluation;

namespace Diarizer.Training.Commands;

/// <summary>The options by which models and what they embed of each utterance are named.</summary>
internal sealed class EmbeddingInput
{
    private const int MostCrops = 1_000;

    private readonly bool _several;
    private readonly Option<string[]> _models;
    private readonly Option<double[]> _crops;
    private readonly Option<int> _count = new("--crops") { Description = "Crops of an utterance: 1 for the centre; more at regular steps from its start to its end, and embeddings are means", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _device = new("--device") { Description = "auto, cpu or cuda", DefaultValueFactory = _ => "auto" };

    /// <param name="several">Whether several models and crops may be compared.</param>
    public EmbeddingInput(bool several)
    {
        _several = several;
        string again = several ? "; may be given several times" : "";
        _models = new("--model") { Description = $"Weights or card of the embedder{again}", DefaultValueFactory = _ => [Path.Combine("models", "embedder.safetensors")] };
        _crops = new("--crop") { Description = $"Seconds of a crop; without it whole utterances are embedded{again}" };
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _models, _crops, _count, _device })
            command.Options.Add(option);
    }

    /// <summary>What is embedded of each utterance: a plan for every length given, at least one.</summary>
    /// <exception cref="UserErrorException">An option is out of bounds.</exception>
    public IReadOnlyList<CropPlan> Crops(ParseResult parsed)
    {
        double[] lengths = Checked(_crops.Name, parsed.GetValue(_crops) ?? []);
        int count = parsed.GetValue(_count);
        if (lengths.Any(l => l is not (> 0 and <= 600)))
            throw new UserErrorException($"--crop is {lengths.First(l => l is not (> 0 and <= 600))}; give seconds above 0, to 600.");
        if (count is < 1 or > MostCrops)
            throw new UserErrorException($"--crops is {count}; give 1 to {MostCrops}.");
        if (count > 1 && lengths.Length == 0)
            throw new UserErrorException($"--crops {count} needs the length of a crop; give it with --crop, such as --crop 4.");
        return lengths.Length == 0 ? [new CropPlan()] : [.. lengths.Select(length => new CropPlan(length, count))];
    }

    /// <summary>The models given, with names short enough for a table: their file's, or the whole path where two have the same.</summary>
    /// <exception cref="UserErrorException">More than one is given where one is wanted.</exception>
    public IReadOnlyList<(string Name, string Path)> Models(ParseResult parsed)
    {
        string[] paths = Checked(_models.Name, parsed.GetValue(_models)!);
        string[] names = [.. paths.Select(p => Path.GetFileNameWithoutExtension(p))];
        return [.. paths.Select((path, i) => (names.Count(n => n == names[i]) > 1 ? path : names[i], path))];
    }

    /// <exception cref="UserErrorException">The model or the device is of no use.</exception>
    public ISpeakerEmbedder Load(ParseResult parsed, string path) => SpeakerEmbedder.Load(path, parsed.GetValue(_device)!);

    private T[] Checked<T>(string option, T[] values)
    {
        T[] different = [.. values.Distinct()];
        return _several || different.Length <= 1 ? different : throw new UserErrorException($"{option} is given {different.Length} times; give it once.");
    }
}
