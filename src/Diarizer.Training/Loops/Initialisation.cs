using Diarizer.Networks.Models;
using static TorchSharp.torch;

namespace Diarizer.Training.Loops;

/// <summary>Gives a fresh run the weights of an earlier one, such as softmax pre-training before a metric loss.</summary>
internal static class Initialisation
{
    /// <summary>Copies the weights into the network.</summary>
    /// <param name="source">A .safetensors file or the folder of a run; empty for none.</param>
    /// <returns>The file that was read; null for none.</returns>
    /// <exception cref="UserErrorException">There are no weights, or they are of another network.</exception>
    public static string? Apply(string source, nn.Module network)
    {
        if (source.Length == 0)
            return null;
        string file = Find(source);
        try
        {
            ModelFile.LoadWeights(file, network);
        }
        catch (UserErrorException error)
        {
            throw new UserErrorException($"initialise: {error.Message}", error);
        }
        return file;
    }

    private static string Find(string source)
    {
        if (File.Exists(source))
            return source;
        if (!Directory.Exists(source))
            throw new UserErrorException($"initialise: {source} does not exist; give a model's .safetensors or the folder of a run.");
        return new Checkpoints(source).NewestAverage()?.File
            ?? throw new UserErrorException($"initialise: the run {source} has no checkpoint yet; give a run that has one, or a model's .safetensors.");
    }
}
