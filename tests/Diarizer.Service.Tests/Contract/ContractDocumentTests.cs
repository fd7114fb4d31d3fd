using System.Text.Json;
using Diarizer.Tests.Shared;

namespace Diarizer.Service.Tests.Contract;

/// <summary>docs/asyncapi.yaml and docs/schemas are what the source says. With DIARIZER_WRITE_DOCS=1 in the environment they are written anew.</summary>
public class ContractDocumentTests
{
    [Fact]
    public void The_documents_are_those_of_the_source()
    {
        var folder = Repository.PathTo("docs");
        var files = ContractFiles.All().ToList();
        if (Environment.GetEnvironmentVariable("DIARIZER_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.Combine(folder, "schemas"));
            foreach (var (path, content) in files)
                File.WriteAllText(Path.Combine(folder, path), content);
        }

        Assert.All(files, f => Assert.True(
            File.Exists(Path.Combine(folder, f.Path)) && File.ReadAllText(Path.Combine(folder, f.Path)) == f.Content,
            $"docs/{f.Path} is not what the source says; run this test with DIARIZER_WRITE_DOCS=1 and look at the difference."));
        Assert.Equal(files.Select(f => f.Path).Where(p => p.StartsWith("schemas/", StringComparison.Ordinal)).Order(), Directory.GetFiles(Path.Combine(folder, "schemas")).Select(p => $"schemas/{Path.GetFileName(p)}").Order());
    }

    [Fact]
    public void Everything_is_described()
    {
        foreach (var (path, content) in ContractFiles.All().Where(f => f.Path.EndsWith(".json", StringComparison.Ordinal)))
            Look(JsonElement.Parse(content), path);

        static void Look(JsonElement schema, string place)
        {
            foreach (var (name, group) in ((string[])["properties", "definitions"]).Select(n => (n, schema.TryGetProperty(n, out var found) ? found : default)).Where(g => g.Item2.ValueKind == JsonValueKind.Object))
            {
                foreach (var member in group.EnumerateObject())
                {
                    Assert.True(member.Value.TryGetProperty("description", out _), $"{place}/{name}/{member.Name} has no description");
                    Look(member.Value, $"{place}/{name}/{member.Name}");
                }
            }

            if (schema.TryGetProperty("items", out var items))
                Look(items, $"{place}/items");
        }
    }

    [Theory]
    [InlineData("diarizer/hall/status", "on")]
    [InlineData("diarizer/hall/streams/a/speech", "on")]
    [InlineData("diarizer/hall/streams/a/state", "{}")]
    [InlineData("diarizer/hall/streams/a/state", "no JSON")]
    [InlineData("diarizer/hall/streams/a/state", """{"schema":"1.0","seq":-1,"session_id":"a","active":[],"names":[],"speaker_count":0,"since":"2026-03-01T09:31:03.000Z"}""")]
    [InlineData("diarizer/hall/streams/a/state", """{"schema":"1.0","seq":1,"session_id":"a","active":[null],"names":[null],"speaker_count":0,"since":"2026-03-01T09:31:03.000Z"}""")]
    [InlineData("diarizer/hall/streams/a/state", """{"schema":"1.0","seq":1,"session_id":"a","active":[],"names":[],"speaker_count":0,"since":"yesterday"}""")]
    [InlineData("diarizer/hall/streams/a/state", """{"schema":"1.0","seq":1,"session_id":"a","active":[],"names":[],"speaker_count":0,"since":"2026-03-01T09:31:03.000Z","more":1}""")]
    [InlineData("diarizer/hall/streams/a/state", """{"schema":"2.0","seq":1,"session_id":"a","active":[],"names":[],"speaker_count":0,"since":"2026-03-01T09:31:03.000Z"}""")]
    [InlineData("diarizer/hall/request/stream/mute", """{"data":{"stream":7}}""")]
    [InlineData("diarizer/hall/request/stream/mute", """{"dada":{}}""")]
    [InlineData("diarizer/hall/response/stream/mute", """{"data":null,"status":"fine","error":null,"transaction":null}""")]
    [InlineData("diarizer/hall/streams/a/weather", "{}")]
    public void Messages_that_are_not_of_the_contract_are_found(string topic, string payload) => Assert.NotEmpty(ContractCheck.Current.Problems(topic, payload));

    [Theory]
    [InlineData("diarizer/hall/status", "online")]
    [InlineData("diarizer/hall/streams/a/speech", "ON")]
    [InlineData("diarizer/hall/streams/a/state", """{"schema":"1.0","seq":1,"session_id":"a","active":["s1"],"names":[null],"speaker_count":1,"since":"2026-03-01T09:31:03.000Z"}""")]
    [InlineData("diarizer/hall/request/stream/mute", """{"data":{"stream":"a"},"transaction":7}""")]
    [InlineData("diarizer/hall/request/stream/mute", "{}")]
    [InlineData("diarizer/hall/response/stream/mute", """{"data":{"stream":"a","status":"muted"},"status":"ok","error":null,"transaction":null}""")]
    [InlineData("diarizer/hall/response/stream/mute", """{"data":null,"status":"error","error":"No.","transaction":"t"}""")]
    [InlineData("diarizer/hall/response/no/such", """{"data":null,"status":"error","error":"No.","transaction":"t"}""")]
    public void Messages_that_are_of_the_contract_are_right(string topic, string payload) => Assert.Empty(ContractCheck.Current.Problems(topic, payload));
}
