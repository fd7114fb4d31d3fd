using System.Security.Cryptography;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Models;

/// <summary>A model on disk: weights in <c>x.safetensors</c>, its card in <c>x.json</c>. Either path names the pair.</summary>
public static class ModelFile
{
    /// <summary>Writes a network and its card.</summary>
    /// <param name="path">Path of the weights file.</param>
    /// <param name="card">The card; its digest is filled in.</param>
    /// <param name="network">The network.</param>
    /// <param name="halfPrecision">Stores 16-bit floats, which halves the file; they are read back as 32-bit floats.</param>
    /// <returns>The card as written.</returns>
    public static ModelCard Save(string path, ModelCard card, nn.Module network, bool halfPrecision = false)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(network);
        byte[] file = SafeTensorsFile.Write(WeightsPath(path), StateTensors.Export(network, halfPrecision));
        card = card with { WeightsSha256 = Digest(file) };
        ModelCardJson.Write(CardPath(path), card);
        return card;
    }

    /// <summary>Reads a card alone.</summary>
    /// <exception cref="UserErrorException">The card is missing or not valid.</exception>
    public static ModelCard ReadCard(string path) => ModelCardJson.Read(CardPath(path));

    /// <summary>Reads a model: the card, and the network that it names with its weights, on the CPU and in evaluation mode.</summary>
    /// <param name="path">Path of the weights or of the card.</param>
    /// <param name="kind">What the model is wanted for.</param>
    /// <exception cref="UserErrorException">A file is missing or defective, the digest is another, or a tensor is missing, unexpected or of another shape.</exception>
    public static (ModelCard Card, nn.Module<Tensor, Tensor> Network) Load(string path, ModelKind kind)
    {
        var card = ReadCard(path);
        if (card.Kind != kind)
            throw new UserErrorException($"The model {path} is for {NetworkRegistry.Describe(card.Kind)}, not for {NetworkRegistry.Describe(kind)}; name another model.");
        card.FrontEnd.Validated();
        card.Spectrogram?.Validated();
        string weightsPath = WeightsPath(path);
        byte[] file = ReadWeights(weightsPath);
        string digest = Digest(file);
        if (!string.Equals(digest, card.WeightsSha256, StringComparison.OrdinalIgnoreCase))
            throw new UserErrorException($"The weights file {weightsPath} has SHA-256 {digest} but its card says {card.WeightsSha256}; get both files again.");
        var weights = SafeTensorsFile.Parse(file, weightsPath);
        var network = NetworkRegistry.Create(card, path);
        try
        {
            StateTensors.Import(network, weights, weightsPath);
            network.eval();
            return (card, network);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Copies a weights file into a network, without its card.</summary>
    /// <param name="weightsPath">Path of the .safetensors file.</param>
    /// <param name="network">The network, on the CPU.</param>
    /// <exception cref="UserErrorException">The file is missing or defective, or a tensor is missing, unexpected or of another shape.</exception>
    public static void LoadWeights(string weightsPath, nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        StateTensors.Import(network, SafeTensorsFile.Read(weightsPath), weightsPath);
    }

    private static string WeightsPath(string path) => Path.ChangeExtension(path, ".safetensors");

    private static string CardPath(string path) => Path.ChangeExtension(path, ".json");

    private static string Digest(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));

    private static byte[] ReadWeights(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The weights file {path} cannot be read ({e.Message}); a model needs its .safetensors beside its .json.", e);
        }
    }
}
