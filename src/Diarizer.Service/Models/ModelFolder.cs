using Diarizer.Networks.Models;

namespace Diarizer.Service.Models;

/// <summary>A folder with one model of each kind: weights in <c>x.safetensors</c>, card in <c>x.json</c>. The card tells the kind, so names are free.</summary>
public sealed class ModelFolder
{
    private readonly IReadOnlyList<(string Path, ModelCard Card)> _models;

    private ModelFolder(string path, IReadOnlyList<(string Path, ModelCard Card)> models) => (Path, _models) = (path, models);

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Reads the cards.</summary>
    /// <param name="path">The folder; null: <c>models</c> beside the program.</param>
    /// <exception cref="UserErrorException">There is no such folder, or it holds no model, or a card is defective.</exception>
    public static ModelFolder Open(string? path)
    {
        path ??= System.IO.Path.Combine(AppContext.BaseDirectory, "models");
        if (!Directory.Exists(path))
            throw new UserErrorException($"The models folder {path} does not exist; give another with --model-dir or Diarizer:Models.");
        var cards = Directory.EnumerateFiles(path, "*.safetensors").Order(StringComparer.Ordinal).Select(file => (file, ModelFile.ReadCard(file))).ToList();
        return cards.Count > 0 ? new ModelFolder(path, cards) : throw new UserErrorException($"The models folder {path} holds no .safetensors file; give another with --model-dir.");
    }

    /// <summary>Path and card of the model of one kind.</summary>
    /// <exception cref="UserErrorException">There is none, or more than one.</exception>
    public (string Path, ModelCard Card) Find(ModelKind kind) =>
        FindOptional(kind) ?? throw new UserErrorException($"The models folder {Path} holds no {NetworkRegistry.Describe(kind)} model; add one.");

    /// <summary>Path and card of the model of one kind; null when there is none.</summary>
    /// <exception cref="UserErrorException">There is more than one.</exception>
    public (string Path, ModelCard Card)? FindOptional(ModelKind kind)
    {
        var found = _models.Where(m => m.Card.Kind == kind).ToList();
        var what = NetworkRegistry.Describe(kind);
        return found.Count switch
        {
            1 => found[0],
            0 => null,
            _ => throw new UserErrorException(
                $"The models folder {Path} holds {found.Count} {what} models ({string.Join(", ", found.Select(m => System.IO.Path.GetFileName(m.Path)))}); keep one."),
        };
    }
}
