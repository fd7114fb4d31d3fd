using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Diarizer.Tests.Shared;

/// <summary>What docs/asyncapi.yaml says of the topics, and whether messages are so.</summary>
internal sealed class ContractCheck
{
    private static readonly Lazy<ContractCheck> Lazily = new(() => new ContractCheck());

    private readonly List<Channel> _channels = [];
    private readonly JsonSchema _answers = JsonSchema.Load(Repository.PathTo("docs", "schemas", "commands.json"), "#/definitions/response", strict: true);

    private ContractCheck()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Read("docs", "asyncapi.yaml")));
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        foreach (var (_, channel) in (YamlMappingNode)root["channels"])
        {
            var message = root["components"]["messages"][((YamlMappingNode)channel["messages"]).Children.Values.Single()["$ref"].ToString().Split('/')[^1]];
            _channels.Add(new(PatternOf(channel["address"].ToString()), message["contentType"].ToString() == "application/json", SchemaOf(message["payload"])));
        }
    }

    public static ContractCheck Current => Lazily.Value;

    /// <summary>What is wrong with a message, of topics that belong to the contract; empty when all is well. A topic is cleared by an empty message.</summary>
    public IReadOnlyList<string> Problems(string topic, string payload)
    {
        if (payload.Length == 0)
            return [];
        if (_channels.Find(c => c.Address.IsMatch(topic)) is not { } channel)
            return topic.Contains("/response/", StringComparison.Ordinal) ? Check(_answers, true) : [$"{topic} is not in docs/asyncapi.yaml"];
        return Check(channel.Schema, channel.IsJson);

        IReadOnlyList<string> Check(JsonSchema schema, bool isJson)
        {
            try
            {
                var value = isJson ? JsonElement.Parse(payload) : JsonSerializer.SerializeToElement(payload);
                return [.. schema.Problems(value).Select(p => $"{topic}: {p} in {payload}")];
            }
            catch (JsonException)
            {
                return [$"{topic}: this is not JSON: {payload}"];
            }
        }
    }

    /// <summary>Fails unless all that carries the version of the contract is as the contract says; some tests send a number instead of an event.</summary>
    public void RequireOfVersioned(IEnumerable<(string Topic, string Payload)> messages) =>
        Assert.Empty(messages.Where(m => m.Payload.StartsWith("{\"schema\":", StringComparison.Ordinal)).SelectMany(m => Problems(m.Topic, m.Payload)));

    /// <summary>Whether a message with that payload is right on some topic of JSON messages.</summary>
    public bool SuitsAny(JsonElement payload) => _channels.Any(c => c.IsJson && c.Schema.Problems(payload).Count == 0);

    private static Regex PatternOf(string address) => new($"^{Regex.Replace(address, @"\{\w+\}", "[a-z0-9_-]+")}$");

    private static JsonSchema SchemaOf(YamlNode payload)
    {
        var mapping = (YamlMappingNode)payload;
        if (mapping.Children.TryGetValue("$ref", out var reference) && reference.ToString().Split('#') is [var file, .. var place])
            return JsonSchema.Load(Repository.PathTo("docs", file), place is [var inside] ? $"#{inside}" : "", strict: true);
        var values = ((YamlSequenceNode)mapping["enum"]).Select(v => v.ToString());
        return JsonSchema.Of(JsonSerializer.SerializeToElement(new Dictionary<string, object> { ["enum"] = values }));
    }

    private sealed record Channel(Regex Address, bool IsJson, JsonSchema Schema);
}
