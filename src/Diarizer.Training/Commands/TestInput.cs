using System.CommandLine;
using Diarizer.Networks.Inference;
using Diarizer.Training.Evaluation;

namespace Diarizer.Training.Commands;

/// <summary>What every test of models shares: data, models, seed, form of the output.</summary>
internal sealed class TestInput
{
    private readonly Option<long> _seed = new("--seed") { Description = "Seed of all draws", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _json = new("--json") { Description = "Prints JSON" };

    public SpeechInput Speech { get; } = new();

    public EmbeddingInput Embedding { get; } = new(several: true);

    public void AddTo(Command command)
    {
        Speech.AddTo(command);
        Embedding.AddTo(command);
        command.Options.Add(_seed);
        command.Options.Add(_json);
    }

    public long Seed(ParseResult parsed) => parsed.GetValue(_seed);

    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Whether a row needs to say which model, and which crop, it is of.</summary>
    public (bool Model, bool Crop) Several(ParseResult parsed) => (Embedding.Models(parsed).Count > 1, Embedding.Crops(parsed).Count > 1);

    /// <summary>Calls a test for each crop with each model; a model is loaded once.</summary>
    /// <returns>What the test gave: for each crop, the models in their order.</returns>
    public IReadOnlyList<T> ForEach<T>(ParseResult parsed, Func<string, ISpeakerEmbedder, CropPlan, T> test)
    {
        var crops = Embedding.Crops(parsed);
        var results = new List<(int Crop, T Result)>();
        foreach (var (name, path) in Embedding.Models(parsed))
        {
            using var model = Embedding.Load(parsed, path);
            for (int i = 0; i < crops.Count; i++)
                results.Add((i, test(name, model, crops[i])));
        }
        return [.. results.OrderBy(r => r.Crop).Select(r => r.Result)];
    }
}
