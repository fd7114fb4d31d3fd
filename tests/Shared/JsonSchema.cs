using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Diarizer.Tests.Shared;

/// <summary>
/// Checks JSON against a JSON Schema (draft 7). Keywords that are not implemented are an error, so that nothing passes for checked that was not. References
/// lead to places in the same file, or to other files in its folder.
/// </summary>
internal sealed class JsonSchema
{
    private static readonly HashSet<string> Annotations =
        ["$schema", "$id", "$comment", "title", "description", "default", "examples", "definitions", "then", "else", "deprecated", "readOnly"];

    private readonly string _folder;
    private readonly JsonElement _root;
    private readonly string _start;
    private readonly bool _strict;

    private JsonSchema(JsonElement root, string folder, string start, bool strict) => (_root, _folder, _start, _strict) = (root, folder, start, strict);

    /// <summary>Reads a schema.</summary>
    /// <param name="path">The file.</param>
    /// <param name="start">The place in it that is meant, such as <c>#/definitions/x</c>.</param>
    /// <param name="strict">Whether objects have no members but those that are described, although a consumer must bear more.</param>
    public static JsonSchema Load(string path, string start = "", bool strict = false) =>
        new(JsonDocument.Parse(File.ReadAllText(path)).RootElement, Path.GetDirectoryName(path)!, start, strict);

    public static JsonSchema Of(JsonElement root) => new(root, "", "", strict: false);

    /// <summary>What is wrong, with its place; empty when all is well.</summary>
    public IReadOnlyList<string> Problems(JsonElement value)
    {
        var problems = new List<string>();
        var (schema, place) = Resolve(_start);
        schema.Check(place, value, "", problems);
        return problems;
    }

    private void Check(JsonElement schema, JsonElement value, string path, List<string> problems)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            if (schema.ValueKind == JsonValueKind.False)
                problems.Add($"{path} must not be there");
            return;
        }

        foreach (var keyword in schema.EnumerateObject().Where(k => !Annotations.Contains(k.Name)))
            Check(keyword, schema, value, path, problems);
    }

    private void Check(JsonProperty keyword, JsonElement schema, JsonElement value, string path, List<string> problems)
    {
        var rule = keyword.Value;
        switch (keyword.Name)
        {
            case "$ref":
                var (target, place) = Resolve(rule.GetString()!);
                target.Check(place, value, path, problems);
                break;
            case "allOf":
                foreach (var each in rule.EnumerateArray())
                    Check(each, value, path, problems);
                break;
            case "anyOf" or "oneOf":
                CheckAlternatives(keyword, value, path, problems);
                break;
            case "not":
                Require(!Matches(rule, value), "is what it must not be");
                break;
            case "if":
                if (schema.TryGetProperty(Matches(rule, value) ? "then" : "else", out var consequence))
                    Check(consequence, value, path, problems);
                break;
            default:
                Require(Holds(keyword.Name, rule, schema, value, path, problems), $"breaks {keyword.Name} {Short(rule)}");
                break;
        }

        void Require(bool ok, string problem)
        {
            if (!ok)
                problems.Add($"{(path.Length == 0 ? "all of it" : path)} {problem}: {Short(value)}");
        }
    }

    private void CheckAlternatives(JsonProperty keyword, JsonElement value, string path, List<string> problems)
    {
        var attempts = keyword.Value.EnumerateArray().Select(each =>
        {
            var found = new List<string>();
            Check(each, value, path, found);
            return found;
        }).ToList();
        var matching = attempts.Count(a => a.Count == 0);
        if (matching == 0)
            problems.Add($"{path} is none of the alternatives: {string.Join(" / ", attempts.Select(a => a[0]))}");
        else if (keyword.Name == "oneOf" && matching > 1)
            problems.Add($"{path} is {matching} of the alternatives at once");
    }

    private bool Matches(JsonElement schema, JsonElement value)
    {
        var problems = new List<string>();
        Check(schema, value, "", problems);
        return problems.Count == 0;
    }

    // Keywords other than type hold for values of another kind.
    private bool Holds(string keyword, JsonElement rule, JsonElement schema, JsonElement value, string path, List<string> problems) => (keyword, value.ValueKind) switch
    {
        ("type", _) => rule.ValueKind == JsonValueKind.Array ? rule.EnumerateArray().Any(t => IsOf(t.GetString()!, value)) : IsOf(rule.GetString()!, value),
        ("const", _) => JsonElement.DeepEquals(rule, value),
        ("enum", _) => rule.EnumerateArray().Any(e => JsonElement.DeepEquals(e, value)),
        ("required", JsonValueKind.Object) => rule.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
        ("properties" or "additionalProperties" or "propertyNames", JsonValueKind.Object) => CheckProperties(keyword, rule, schema, value, path, problems),
        ("minProperties", JsonValueKind.Object) => value.GetPropertyCount() >= rule.GetInt32(),
        ("items", JsonValueKind.Array) => CheckItems(rule, value, path, problems),
        ("minItems", JsonValueKind.Array) => value.GetArrayLength() >= rule.GetInt32(),
        ("maxItems", JsonValueKind.Array) => value.GetArrayLength() <= rule.GetInt32(),
        ("uniqueItems", JsonValueKind.Array) => value.EnumerateArray().Select(e => e.GetRawText()).Distinct().Count() == value.GetArrayLength(),
        ("minLength", JsonValueKind.String) => value.GetString()!.Length >= rule.GetInt32(),
        ("maxLength", JsonValueKind.String) => value.GetString()!.Length <= rule.GetInt32(),
        ("pattern", JsonValueKind.String) => Regex.IsMatch(value.GetString()!, rule.GetString()!, RegexOptions.ECMAScript),
        ("format", JsonValueKind.String) => IsFormatted(rule.GetString()!, value.GetString()!),
        ("minimum", JsonValueKind.Number) => value.GetDouble() >= rule.GetDouble(),
        ("maximum", JsonValueKind.Number) => value.GetDouble() <= rule.GetDouble(),
        ("exclusiveMinimum", JsonValueKind.Number) => value.GetDouble() > rule.GetDouble(),
        ("required" or "properties" or "additionalProperties" or "propertyNames" or "minProperties" or "items" or "minItems" or "maxItems" or "uniqueItems"
            or "minLength" or "maxLength" or "pattern" or "format" or "minimum" or "maximum" or "exclusiveMinimum", _) => true,
        _ => throw new NotSupportedException($"The keyword {keyword} is not implemented."),
    };

    private bool CheckProperties(string keyword, JsonElement rule, JsonElement schema, JsonElement value, string path, List<string> problems)
    {
        var known = schema.TryGetProperty("properties", out var properties) ? properties : default;
        foreach (var member in value.EnumerateObject())
        {
            var place = $"{path}/{member.Name}";
            if (keyword == "propertyNames")
                Check(rule, JsonSerializer.SerializeToElement(member.Name), place, problems);
            else if (known.ValueKind == JsonValueKind.Object && known.TryGetProperty(member.Name, out var own))
                Check(keyword == "properties" ? own : JsonElement.Parse("true"), member.Value, place, problems);
            else if (keyword == "additionalProperties")
                Check(rule, member.Value, place, problems);
            else if (_strict && !schema.TryGetProperty("additionalProperties", out _))
                problems.Add($"{place} is not described");
        }

        return true;
    }

    private bool CheckItems(JsonElement rule, JsonElement value, string path, List<string> problems)
    {
        var index = 0;
        foreach (var item in value.EnumerateArray())
            Check(rule, item, $"{path}/{index++}", problems);
        return true;
    }

    private (JsonSchema Schema, JsonElement Place) Resolve(string reference)
    {
        var parts = reference.Split('#', 2);
        var schema = parts[0].Length == 0 ? this : Load(Path.Combine(_folder, parts[0]), strict: _strict);
        var place = schema._root;
        foreach (var step in parts.Length > 1 ? parts[1].Split('/', StringSplitOptions.RemoveEmptyEntries) : [])
            place = place.GetProperty(step);
        return (schema, place);
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && double.IsInteger(value.GetDouble()),
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => throw new NotSupportedException($"The type {type} is not implemented."),
    };

    private static bool IsFormatted(string format, string text) => format switch
    {
        "date-time" => Regex.IsMatch(text, @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$") && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        "uuid" => Guid.TryParseExact(text, "D", out _),
        _ => throw new NotSupportedException($"The format {format} is not implemented."),
    };

    private static string Short(JsonElement value) => value.GetRawText() is { Length: > 120 } text ? text[..120] + "…" : value.GetRawText();
}
