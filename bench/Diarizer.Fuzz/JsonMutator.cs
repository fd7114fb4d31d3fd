using System.Text.Json;
using System.Text.Json.Nodes;

namespace Diarizer.Fuzz;

/// <summary>Changes JSON so that it stays JSON: what reads it is then reached behind its parser.</summary>
/// <param name="random">Chance.</param>
/// <param name="words">Pieces that mean something to the reader; its names are among them.</param>
internal sealed class JsonMutator(Random random, IReadOnlyList<string> words)
{
    private const int MostChanges = 3;

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1", "0.5", "3", "60", "1e308", "-0.0", "2147483648", "1e-320", "\"\"", "\"hall\"", "\"00:00:05\"", "\"-1.00:00:00\"", "\"1e300\"", "\"1 2\"",
        "{}", "[]", "[[]]", "[1,2]", "{\"a\":1}", "\"\\u0000\\n\"", "\"\\ud83c\\udf75\"", "99999999999999999999",
    ];

    private readonly string[] _names = [.. words.Where(w => w.StartsWith('"')).Select(w => w.Trim('"', ':')).Where(w => w.Length > 0), "other", ""];

    /// <summary>A changed copy of an input that ends in JSON; null when it does not.</summary>
    public byte[]? Change(byte[] input)
    {
        var start = Array.FindIndex(input, b => b is (byte)'{' or (byte)'[');
        if (start < 0)
            return null;
        try
        {
            if (JsonNode.Parse(input.AsSpan(start), documentOptions: Lenient) is not { } root)
                return null;
            for (var left = random.Next(1, MostChanges + 1); left > 0; left--)
                ChangeOnce(root);
            return [.. input[..start], .. JsonSerializer.SerializeToUtf8Bytes(root)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // No JSON, half a surrogate pair, or a name that is there twice.
            return null;
        }
    }

    private void ChangeOnce(JsonNode root)
    {
        List<JsonNode> containers = [];
        Collect(root, containers);
        var node = containers[random.Next(containers.Count)];
        if (node is JsonObject fields)
            ChangeFields(fields, root);
        else if (node is JsonArray items)
            ChangeItems(items, root);
    }

    private void ChangeFields(JsonObject fields, JsonNode root)
    {
        var name = fields.Count > 0 && random.Next(3) > 0 ? fields.GetAt(random.Next(fields.Count)).Key : _names[random.Next(_names.Length)];
        if (random.Next(4) == 0)
            fields.Remove(name);
        else
            fields[name] = Value(root);
    }

    private void ChangeItems(JsonArray items, JsonNode root)
    {
        var at = random.Next(items.Count + 1);
        if (at < items.Count && random.Next(3) == 0)
            items.RemoveAt(at);
        else
            items.Insert(at, at < items.Count && random.Next(2) == 0 ? items[at]?.DeepClone() : Value(root));
    }

    private JsonNode? Value(JsonNode root)
    {
        if (random.Next(4) > 0)
            return JsonNode.Parse(Values[random.Next(Values.Length)]);
        List<JsonNode> containers = [];
        Collect(root, containers);
        // Of small ones only: a copy of the whole in itself, again and again, would be all that is left.
        return containers[random.Next(containers.Count)] is { } found && found != root ? found.DeepClone() : null;
    }

    private static void Collect(JsonNode? node, List<JsonNode> containers)
    {
        if (node is not (JsonObject or JsonArray))
            return;
        containers.Add(node);
        foreach (var child in node is JsonObject fields ? fields.Select(f => f.Value) : node.AsArray())
            Collect(child, containers);
    }
}
