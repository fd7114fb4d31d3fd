using System.Text.RegularExpressions;
using Diarizer.Mqtt;
using Diarizer.Mqtt.Contract;
using Diarizer.Mqtt.HomeAssistant;
using Diarizer.Service.Web;
using Diarizer.Tests.Shared;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Diarizer.Documentation.Tests.Snippets;

/// <summary>Blocks of YAML: automations of Home Assistant, and what Prometheus scrapes.</summary>
internal static partial class YamlSnippets
{
    private static readonly string[] OfAnAutomation = ["alias", "triggers", "actions"];

    // The node of which the pages speak.
    private static readonly DiscoveryMessage Hall = new NodeEntities(new Topics("hall")).Introduce(["kitchen"], "0.1.0", takesCommands: true);

    private static readonly HashSet<string> Entities = [.. Hall.Components.Values.Select(c => $"{c.Platform}.{Hall.Device.Name} {c.Name}".ToLowerInvariant().Replace(' ', '_'))];

    /// <summary>What is wrong, or null.</summary>
    public static string? Problem(string text)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            var root = (YamlMappingNode)yaml.Documents[0].RootNode;
            return root.Children.ContainsKey("automation") ? OfAutomations(text, (YamlSequenceNode)root["automation"])
                : root.Children.ContainsKey("scrape_configs") ? OfScrapes((YamlSequenceNode)root["scrape_configs"])
                : "this is neither an automation nor for Prometheus";
        }
        catch (YamlException e)
        {
            return e.Message;
        }
    }

    private static string? OfAutomations(string text, YamlSequenceNode automations)
    {
        if (automations.Cast<YamlMappingNode>().Any(a => OfAnAutomation.Any(key => !a.Children.ContainsKey(key))))
            return $"an automation has {string.Join(", ", OfAnAutomation)}";
        if (EntityOfANode().Matches(text).Select(m => m.Value).FirstOrDefault(id => !Entities.Contains(id)) is { } unknown)
            return $"the node hall has no {unknown}";
        return Topic().Matches(text).Select(m => m.Groups[1].Value)
            .FirstOrDefault(topic => ContractCheck.Current.Problems(topic, "{}").Any(p => p.Contains("not in docs/asyncapi.yaml", StringComparison.Ordinal))) is { } other
            ? $"{other} is no topic of the contract" : null;
    }

    private static string? OfScrapes(YamlSequenceNode jobs) =>
        jobs.Cast<YamlMappingNode>().SelectMany(job => (YamlSequenceNode)job["static_configs"]).SelectMany(target => (YamlSequenceNode)target["targets"])
            .All(target => target.ToString().EndsWith($":{new WebOptions().Port}", StringComparison.Ordinal)) ? null : "metrics are served at another port";

    [GeneratedRegex(@"\b\w+\.diarizer_\w+")]
    private static partial Regex EntityOfANode();

    [GeneratedRegex(@"topic: ""?(diarizer/[\w/]+)")]
    private static partial Regex Topic();
}
