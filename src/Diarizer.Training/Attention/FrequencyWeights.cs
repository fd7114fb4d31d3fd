using System.Text.Json;
using Diarizer.Training.Configuration;
using Diarizer.Training.Evaluation;

namespace Diarizer.Training.Attention;

/// <summary>One weight for each frequency bin, and where it comes from: what <c>attention extract</c> writes and an attention layer is given.</summary>
internal sealed record FrequencyWeights
{
    /// <summary>Short name, for legends and model cards.</summary>
    public string Name { get; init; } = "";

    /// <summary>The teacher, the data and what the gradient was taken of, in words.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Utterances that the gradients are means over.</summary>
    public long Utterances { get; init; }

    /// <summary>The frequency of each bin; empty when unknown.</summary>
    public double[] Hertz { get; init; } = [];

    /// <summary>The weights; the largest is 1.</summary>
    public float[] Weights { get; init; } = [];

    /// <summary>Reads a file that <see cref="Write"/> has written, or an array of NumPy.</summary>
    /// <exception cref="UserErrorException">It cannot be read or holds no weights.</exception>
    public static FrequencyWeights Read(string path)
    {
        var weights = IsArray(path)
            ? new FrequencyWeights { Weights = NpyReader.Read(path).Values, Origin = Path.GetFileName(path) }
            : ReadJson(path);
        if (weights.Weights.Length == 0 || !weights.Weights.All(w => w is >= 0 and < float.PositiveInfinity) || weights.Weights.Max() == 0)
            throw new UserErrorException($"{path} holds no weights of frequencies (numbers from 0, not all 0); make it with diarizer-train attention extract.");
        return weights.Name.Length > 0 ? weights : weights with { Name = Path.GetFileNameWithoutExtension(path) };
    }

    /// <summary>Writes a <c>.json</c> file, or the bare weights where the path ends in <c>.npy</c>.</summary>
    public void Write(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        if (IsArray(path))
        {
            using var writer = new NpyWriter(path, 1, Weights.Length);
            writer.Write(Weights);
            return;
        }
        File.WriteAllText(path + ".part", JsonSerializer.Serialize(this, ConfigurationFile.Json) + "\n");
        File.Move(path + ".part", path, overwrite: true);
    }

    private static bool IsArray(string path) => Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase);

    private static FrequencyWeights ReadJson(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<FrequencyWeights>(File.ReadAllText(path), ConfigurationFile.Json) ?? new FrequencyWeights();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UserErrorException($"The weights {path} cannot be read ({error.Message.Split(" Path: ")[0].TrimEnd('.')}); make them with diarizer-train attention extract.", error);
        }
    }
}
