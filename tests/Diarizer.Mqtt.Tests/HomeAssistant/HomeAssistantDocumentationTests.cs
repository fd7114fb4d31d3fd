using System.Text.Json;
using System.Text.RegularExpressions;
using Diarizer.Mqtt.Contract;
using Diarizer.Mqtt.HomeAssistant;
using Diarizer.Mqtt.Tests.Contract;
using Diarizer.Streaming.Events;
using Diarizer.Tests.Shared;

namespace Diarizer.Mqtt.Tests.HomeAssistant;

/// <summary>docs/home-assistant.md against what a node <c>hall</c> with a stream <c>kitchen</c> says.</summary>
public partial class HomeAssistantDocumentationTests
{
    private static readonly string Page = Repository.Read("docs", "home-assistant.md");
    private static readonly DiscoveryMessage Message = new NodeEntities(new Topics("hall")).Introduce(["kitchen"], "0.1.0", takesCommands: true);

    private static IEnumerable<string> Blocks(string language) => Block().Matches(Page).Where(m => m.Groups[1].Value == language).Select(m => m.Groups[2].Value);

    [Fact]
    public void Entities_are_named_as_home_assistant_will_name_them()
    {
        var ids = Message.Components.Values.Select(c => $"{c.Platform}.{Message.Device.Name} {c.Name}".ToLowerInvariant().Replace(' ', '_')).ToList();
        Assert.Equal(ids.Order(), EntityId().Matches(Page).Select(m => m.Value).Distinct().Order());
    }

    [Fact]
    public void The_example_is_what_is_sent()
    {
        var example = JsonElement.Parse(Assert.Single(Blocks("json"), block => block.Contains("\"cmps\"", StringComparison.Ordinal)));
        Assert.Empty(JsonSchema.Load(Repository.PathTo("tests", "Diarizer.Mqtt.Tests", "HomeAssistant", "device-discovery.schema.json")).Problems(example));
        var real = JsonSerializer.SerializeToElement(Message, DiscoveryJson.Default.DiscoveryMessage);
        Assert.All(["dev", "o", "qos"], name => Assert.True(JsonElement.DeepEquals(real.GetProperty(name), example.GetProperty(name)), name));
        var (shown, sent) = (example.GetProperty("cmps").GetProperty("kitchen_speech"), real.GetProperty("cmps").GetProperty("kitchen_speech"));
        Assert.True(JsonElement.DeepEquals(sent, shown), sent.GetRawText());
    }

    [Fact]
    public void The_templates_of_the_minutes_suit_a_turn()
    {
        string[] templates = [.. Condition().Matches(Page).Select(m => m.Groups[1].Value), Item().Match(Page).Groups[1].Value];
        Assert.Equal(5, templates.Length);
        var mapper = new TurnEventMapper(Samples.Session);
        var started = mapper.Map(Samples.Turn(TurnEventKind.Started, 1, 0, 0, 1, 1.5, 1.5));
        var ended = mapper.Map(Samples.Turn(TurnEventKind.Ended, 1, 1, 2, 1, 4.25, 4.5, TurnEndReason.Silence));
        Assert.Equal(["True", "True", "True", "True", "s2: 3.2 s"], Render(ended, "2026-03-01T09:30:01.000+00:00"));
        Assert.Equal(["False", "False", "False", "False"], Render(started, "unavailable")[..4]);

        string[] Render(TurnMessage turn, string before) => TemplateRenderer.RenderWith(
            new { trigger = new { from_state = new { state = before }, to_state = new { attributes = JsonSerializer.SerializeToElement(turn, ContractJson.Default.TurnMessage) } } }, templates);
    }

    [GeneratedRegex(@"^```(\w+)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\b\w+\.diarizer_hall_\w+")]
    private static partial Regex EntityId();

    [GeneratedRegex("^      - \"(\\{\\{.*\\}\\})\"$", RegexOptions.Multiline)]
    private static partial Regex Condition();

    [GeneratedRegex(@"item: >-\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Item();
}
