using System.Reflection;
using System.Text.Json;
using Diarizer.Service.Options;
using Diarizer.Streaming;

namespace Diarizer.Service.Tuning;

/// <summary>The options that are searched. Its file is one JSON object with an entry for each, such as <c>"Turns:MergeGap": { "low": 0.2, "high": 1 }</c>.</summary>
internal sealed record SearchSpace(IReadOnlyList<SearchParameter> Parameters)
{
    private static readonly string[] Members = ["low", "high", "scale", "step"];

    private static readonly JsonDocumentOptions Format = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The space that ships with the program.</summary>
    public static SearchSpace Default()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Diarizer.Service.Tuning.space.json")!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd(), "space.json");
    }

    /// <summary>Reads a space.</summary>
    /// <exception cref="UserErrorException">It cannot be read, names what is no option, or reaches out of an option's bounds.</exception>
    public static SearchSpace Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be read ({e.Message.TrimEnd('.')}); check --space.", e);
        }
    }

    /// <inheritdoc cref="Read"/>
    internal static SearchSpace Parse(string json, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Format);
            List<SearchParameter> parameters = [.. document.RootElement.EnumerateObject().Select(entry => ParseOne(entry, source))];
            if (parameters.Count == 0)
                throw new UserErrorException($"{source} names no option; add one such as \"Turns:MergeGap\": {{ \"low\": 0.2, \"high\": 1 }}.");
            if (parameters.GroupBy(p => p.Path.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
                throw new UserErrorException($"{source} names {twice.Key} twice; keep one.");
            return new SearchSpace(parameters);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new UserErrorException($"{source} is not a search space ({ForeignText.Clip(e.Message, 200).TrimEnd('.')}); see docs/tuning.md.", e);
        }
    }

    private static SearchParameter ParseOne(JsonProperty entry, string source)
    {
        var path = OptionPath.Parse(entry.Name);
        foreach (var member in entry.Value.EnumerateObject().Where(m => !Members.Contains(m.Name)))
            throw new UserErrorException($"{source}: {path.Name} has no member \"{ForeignText.Clip(member.Name)}\"; did you mean {NearestName.Of(member.Name, Members)}?");
        var bounds = PipelineOptions.Bounds.GetValueOrDefault(path.Name, new OptionBounds(0, 1));
        double low = Number("low", bounds.Low), high = Number("high", bounds.High), step = Number("step", 0);
        if (!(low < high) || low < bounds.Low || high > bounds.High)
            throw new UserErrorException($"{source}: {path.Name} is searched from {low} to {high}; give a range within {bounds.Low} to {bounds.High}.");
        var scale = entry.Value.TryGetProperty("scale", out var given) ? given.GetString() : "linear";
        if (scale is not ("linear" or "log"))
            throw new UserErrorException($"{source}: the scale of {path.Name} is \"{ForeignText.Clip(scale)}\"; use linear or log.");
        if (scale == "log" && low <= 0)
            throw new UserErrorException($"{source}: {path.Name} is searched from {low} on a log scale; use a low above 0, or the scale linear.");
        if (!(step >= 0 && step <= high - low))
            throw new UserErrorException($"{source}: the step of {path.Name} is {step}; use one from 0 to {high - low}.");
        return new SearchParameter(path, low, high, scale == "log", step);

        double Number(string name, double otherwise) => entry.Value.TryGetProperty(name, out var value) ? value.GetDouble() : otherwise;
    }
}
