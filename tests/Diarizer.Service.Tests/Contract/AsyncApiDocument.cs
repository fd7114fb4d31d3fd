using System.Text.Json;
using System.Text.Json.Nodes;
using Diarizer.Mqtt;
using Diarizer.Mqtt.Contract;
using YamlDotNet.Serialization;

namespace Diarizer.Service.Tests.Contract;

/// <summary>Writes the AsyncAPI 3 document of the topics. The application that it describes is the node: it sends events and receives commands.</summary>
internal static class AsyncApiDocument
{
    private const string BindingVersion = "0.2.0";

    public static string Of(IReadOnlyList<ContractChannel> channels)
    {
        var document = new Dictionary<string, object>
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = new Dictionary<string, object>
            {
                ["title"] = "Diarizer",
                ["version"] = ContractVersion.Current,
                ["description"] = "Who speaks when, live: what a node publishes and takes over MQTT. mqtt.md explains it. "
                    + "Consumers ignore fields that they do not know; new ones raise the second number of the version.",
                ["license"] = new Dictionary<string, object> { ["name"] = "MIT" },
            },
            ["defaultContentType"] = "application/json",
            ["servers"] = new Dictionary<string, object> { ["broker"] = Server() },
            ["channels"] = channels.ToDictionary(c => c.Key, Channel),
            ["operations"] = channels.ToDictionary(c => (c.IsTaken ? "take_" : "send_") + c.Key, Operation),
            ["components"] = new Dictionary<string, object>
            {
                ["messages"] = channels.ToDictionary(c => c.Key, Message),
                ["parameters"] = new Dictionary<string, object>
                {
                    ["node"] = Described("Name of the node (`Mqtt:Node`): 1 to 64 of a-z, 0-9, _ and -."),
                    ["stream"] = Described("Name of the stream (`Streams:0:Name`): 1 to 64 of a-z, 0-9, _ and -."),
                },
            },
        };
        return "# Made from the source by ContractDocumentTests; do not edit.\n" + new SerializerBuilder().WithQuotingNecessaryStrings(true).DisableAliases().Build().Serialize(document).ReplaceLineEndings("\n");
    }

    private static Dictionary<string, object> Server()
    {
        var options = new MqttOptions { Node = "any-node" };
        var will = Messages.Status(new Topics(options.Node), online: false);
        return new Dictionary<string, object>
        {
            ["host"] = "broker.example:{port}",
            ["protocol"] = "mqtt",
            ["protocolVersion"] = "5.0",
            ["description"] = "MQTT 5, or 3.1.1 without response topics and will delay; with TLS on port 8883.",
            ["variables"] = new Dictionary<string, object>
            {
                ["port"] = new Dictionary<string, object> { ["default"] = $"{options.BrokerPort}", ["enum"] = (string[])[$"{options.BrokerPort}", $"{(options with { Tls = new() }).BrokerPort}"] },
            },
            ["bindings"] = new Dictionary<string, object>
            {
                ["mqtt"] = new Dictionary<string, object>
                {
                    ["clientId"] = options.EffectiveClientId.Replace("any-node", "{node}", StringComparison.Ordinal),
                    ["cleanSession"] = false,
                    ["lastWill"] = new Dictionary<string, object>
                    {
                        ["topic"] = will.Topic.Replace("any-node", "{node}", StringComparison.Ordinal),
                        ["qos"] = (int)will.Qos,
                        ["message"] = will.Text,
                        ["retain"] = will.Retain,
                    },
                    ["keepAlive"] = (int)options.KeepAlive.TotalSeconds,
                    ["sessionExpiryInterval"] = (int)options.SessionExpiry.TotalSeconds,
                    ["bindingVersion"] = BindingVersion,
                },
            },
        };
    }

    private static Dictionary<string, object> Channel(ContractChannel channel)
    {
        var parameters = ((string[])["node", "stream"]).Where(p => channel.Address.Contains($"{{{p}}}", StringComparison.Ordinal)).ToDictionary(p => p, p => Reference($"#/components/parameters/{p}"));
        var result = new Dictionary<string, object>
        {
            ["address"] = channel.Address,
            ["description"] = channel.Description,
            ["messages"] = new Dictionary<string, object> { [channel.Key] = Reference($"#/components/messages/{channel.Key}") },
        };
        if (parameters.Count > 0)
            result["parameters"] = parameters;
        return result;
    }

    private static Dictionary<string, object> Operation(ContractChannel channel)
    {
        var result = new Dictionary<string, object>
        {
            ["action"] = channel.IsTaken ? "receive" : "send",
            ["channel"] = Reference($"#/channels/{channel.Key}"),
            ["bindings"] = new Dictionary<string, object>
            {
                ["mqtt"] = new Dictionary<string, object> { ["qos"] = (int)channel.Sample.Qos, ["retain"] = channel.Sample.Retain, ["bindingVersion"] = BindingVersion },
            },
        };
        if (channel.AnsweredOn is { } answers)
            result["reply"] = new Dictionary<string, object> { ["channel"] = Reference($"#/channels/{answers}") };
        return result;
    }

    private static Dictionary<string, object> Message(ContractChannel channel) => new()
    {
        ["contentType"] = channel.IsJson ? "application/json" : "text/plain",
        ["payload"] = Plain(channel.Payload)!,
    };

    private static Dictionary<string, object> Reference(string target) => new() { ["$ref"] = target };

    private static Dictionary<string, object> Described(string description) => new() { ["description"] = description };

    private static object? Plain(JsonNode? node) => node switch
    {
        JsonObject members => members.ToDictionary(m => m.Key, m => Plain(m.Value)),
        JsonArray items => items.Select(Plain).ToList(),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => throw new NotSupportedException("Only texts are in the document."),
    };
}
