using Diarizer.Documentation.Tests.Pages;
using Diarizer.Documentation.Tests.Shell;

namespace Diarizer.Documentation.Tests.Snippets;

/// <summary>A page with faults does not pass.</summary>
public class PageRunTests
{
    [Theory]
    [InlineData("sh", "diarizer score reference.rttm hypothesis.rttm --colar 0.25", "--collar")]
    [InlineData("sh", "diarizer forget nobody", "ended with 2")]
    [InlineData("sh", "diarizer-train train training/vads.json --data DATA", "vads.json")]
    [InlineData("sh", "diarizer tune recordings --trails 9", "--trails")]
    [InlineData("sh", "sudo systemctl enable --now diarized", "no unit diarized")]
    [InlineData("sh", "./setup.sh --stak system", "knows no --stak")]
    [InlineData("json", "{ \"Diarizer\": { \"Mqtt\": { \"Hots\": \"broker.example\" } } }", "did you mean Host?")]
    [InlineData("json", "{ \"Diarizer\": { \"Metrics\": { \"OtlpInterval\": -1 } } }", "OtlpInterval")]
    [InlineData("json", "{ \"Turns:MergeGab\": {} }", "MergeGap")]
    [InlineData("json", "{ \"status\": \"fine\" }", "no message of the contract")]
    [InlineData("yaml", "automation:\n  - alias: Lamp\n    triggers: []", "an automation has")]
    [InlineData("yaml", "automation:\n  - { alias: a, triggers: [ { entity_id: sensor.diarizer_hall_kitchen_mood } ], actions: [] }", "kitchen_mood")]
    [InlineData("ini", "[Service]\nLoadCredentials=mqtt-password:/etc/diarizer/mqtt-password", "LoadCredentials")]
    [InlineData("uri", "rtp://0.0.0.0:5004?payload=mp3", "mp3")]
    [InlineData("text", "conversation.srt: 20 cues", "no command printed")]
    [InlineData("cobol", "STOP RUN.", "is not checked by anything")]
    public async Task A_fault_is_told(string language, string text, string told)
    {
        Assert.SkipUnless(language != "ini" || File.Exists("/usr/bin/systemd-analyze"), "systemd is not installed");
        var page = new DocumentPage("page.md", $"# Page\n\n```{language}\n{text}\n```\n");
        using var sandbox = new Sandbox(page);
        var problem = Assert.Single(await new PageRun(page, sandbox).ProblemsAsync());
        Assert.StartsWith("page.md:3: ", problem, StringComparison.Ordinal);
        Assert.Contains(told, problem, StringComparison.Ordinal);
    }
}
