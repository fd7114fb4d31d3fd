using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Diarizer.Mqtt;
using Diarizer.Service.Options;
using Diarizer.Tests.Shared;
using Microsoft.Extensions.Configuration;

namespace Diarizer.Service.Tests.Contract;

/// <summary>docs/mqtt.md says all that is true of the contract, and nothing else.</summary>
public partial class MqttDocumentationTests
{
    private static readonly string Page = Repository.Read("docs", "mqtt.md");
    private static readonly string Transcripts = Repository.Read("docs", "transcripts.md");
    private static readonly string Explanations = Page + Transcripts + Repository.Read("docs", "enrolment.md");

    private static IEnumerable<JsonElement> Examples(string text) =>
        from block in Block().Matches(text)
        from json in Parse(block.Groups[1].Value) is { } whole ? [whole] : block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Parse(line)!.Value)
        select json;

    private static JsonElement? Parse(string json)
    {
        try
        {
            return JsonElement.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [Fact]
    public void Examples_are_messages_of_the_contract()
    {
        var messages = Page[..Page.IndexOf("## Configuration", StringComparison.Ordinal)];
        var examples = Examples(messages).Concat(Examples(OverMqtt().Match(Transcripts).Value)).ToList();
        Assert.All(examples, e => Assert.True(ContractCheck.Current.SuitsAny(e), e.GetRawText()));
        string[] sent = ["event_type", "active", "speakers", "models", "uptime", "at", "status"];
        Assert.All(sent, field => Assert.Contains(examples, e => e.TryGetProperty(field, out _)));
    }

    [Fact]
    public void Requests_in_examples_are_of_the_contract()
    {
        var requests = Request().Matches(Explanations);
        Assert.True(requests.Count >= 2);
        Assert.All(requests, r => Assert.Empty(ContractCheck.Current.Problems(r.Groups[1].Value, r.Groups[2].Value)));
    }

    [Fact]
    public void Every_topic_is_in_the_table_with_its_qos_and_retain_flag()
    {
        var rows = Row().Matches(Page).ToDictionary(m => m.Groups[1].Value, m => (Qos: m.Groups[2].Value, IsRetained: m.Groups[3].Value.StartsWith("yes", StringComparison.Ordinal)));
        var channels = ContractChannel.All(ContractFiles.Commands).Where(c => c.Address.StartsWith("diarizer/", StringComparison.Ordinal)).Select(c => (
            Topic: Command().Replace(c.Address["diarizer/{node}/".Length..].Replace("{stream}", "<stream>", StringComparison.Ordinal), "$1/<command>"),
            Expected: ($"{(int)c.Sample.Qos}", c.Sample.Retain))).Distinct().ToList();
        Assert.All(channels, c => Assert.Equal(c.Expected, rows[c.Topic]));
        Assert.Equal(channels.Select(c => c.Topic).Order(), rows.Keys.Order());
    }

    [Fact]
    public void Every_command_is_explained() => Assert.All(ContractFiles.Commands.Names, name => Assert.Contains($"| `{name}` |", Page, StringComparison.Ordinal));

    [Fact]
    public void Every_field_is_explained()
    {
        var files = ContractFiles.All().Where(f => f.Path.EndsWith(".json", StringComparison.Ordinal) && !f.Path.Contains("home-assistant", StringComparison.Ordinal));
        var fields = files.SelectMany(f => Fields(JsonElement.Parse(f.Content))).Distinct();
        Assert.DoesNotContain(fields, f => !((string[])[$"`{f}`", $".{f}`", $"\"{f}\": …"]).Any(way => Explanations.Contains(way, StringComparison.Ordinal)));

        static IEnumerable<string> Fields(JsonElement schema) => schema.ValueKind switch
        {
            JsonValueKind.Object => schema.EnumerateObject().SelectMany(m =>
                m.NameEquals("properties") ? m.Value.EnumerateObject().SelectMany(p => Fields(p.Value).Prepend(p.Name)) : Fields(m.Value)),
            JsonValueKind.Array => schema.EnumerateArray().SelectMany(Fields),
            _ => [],
        };
    }

    [Fact]
    public void Every_value_of_an_enumeration_is_explained()
    {
        var values = ContractFiles.All().Where(f => f.Path.StartsWith("schemas/", StringComparison.Ordinal) && !f.Path.Contains("home-assistant", StringComparison.Ordinal))
            .SelectMany(f => Values(JsonElement.Parse(f.Content))).Distinct();
        Assert.DoesNotContain(values, v => !Page.Contains($"`{v}`", StringComparison.Ordinal));

        static IEnumerable<string> Values(JsonElement schema) => schema.ValueKind switch
        {
            JsonValueKind.Object => schema.EnumerateObject().SelectMany(m =>
                m.NameEquals("enum") ? m.Value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!) : Values(m.Value)),
            JsonValueKind.Array => schema.EnumerateArray().SelectMany(Values),
            _ => [],
        };
    }

    [Fact]
    public void The_configuration_is_complete_and_has_the_defaults()
    {
        var json = Assert.Single(Examples(Page[Page.IndexOf("## Configuration", StringComparison.Ordinal)..]));
        var section = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json.GetRawText()))).Build().GetSection("Diarizer:Mqtt");
        var binder = new StrictBinder();
        var options = binder.Bind<MqttOptions>(section);
        Assert.Empty(binder.Problems);
        var defaults = new MqttOptions();
        Assert.Equal((defaults.Outbox, defaults.Commands, defaults.HomeAssistant), (options.Outbox, options.Commands, options.HomeAssistant));
        Assert.Equal((defaults.KeepAlive, defaults.WillDelay, defaults.SessionExpiry), (options.KeepAlive, options.WillDelay, options.SessionExpiry));
        Assert.All(typeof(MqttOptions).GetProperties().Where(p => p.CanWrite), p => Assert.Contains($"`{p.Name}`", Page.Replace($"\"{p.Name}\":", $"`{p.Name}`", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^```json\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^## Over MQTT.*?(?=^## )", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex OverMqtt();

    [GeneratedRegex(@"-t (diarizer/hall/request/[\w/]+)[^']*? -m '(.*?)'", RegexOptions.Singleline)]
    private static partial Regex Request();

    [GeneratedRegex(@"^\| `([\w/<>]+)` \| ([01]) \| (yes|no)[^|]*\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("^(request|response)/.*$")]
    private static partial Regex Command();
}
