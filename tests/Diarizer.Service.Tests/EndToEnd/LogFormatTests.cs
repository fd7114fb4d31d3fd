using System.Text.Json;

namespace Diarizer.Service.Tests.EndToEnd;

/// <summary>Log lines as people, the journal and programs get them.</summary>
[Collection(ExecutableCollection.Name)]
public class LogFormatTests
{
    [Theory]
    [InlineData("", "Text", @"^\d\d:\d\d:\d\d\.\d{3} info: Diarizer\.Service\.Hosting\.Pipeline\[1\] Ready after \d+ ms")]
    [InlineData("8:1234", "Text", @"^<6>Diarizer\.Service\.Hosting\.Pipeline\[1\] Ready after \d+ ms")]
    public async Task A_line_has_the_form_that_its_reader_knows(string journal, string format, string expected) => Assert.Matches(expected, await ReadyLineAsync(journal, format));

    [Fact]
    public async Task Programs_get_an_object_with_event_id_and_values()
    {
        var line = JsonElement.Parse(await ReadyLineAsync("8:1234", "Json"));
        Assert.Equal(1, line.GetProperty("EventId").GetInt32());
        Assert.Equal("cpu", line.GetProperty("State").GetProperty("Device").GetString());
    }

    private static async Task<string> ReadyLineAsync(string journal, string format)
    {
        // What the images of .NET set must not decide.
        using var daemon = DiarizerProcess.Start(["run", "--source", Sample.Path, "--realtime", "--device", "cpu"], new Dictionary<string, string>
        {
            ["JOURNAL_STREAM"] = journal,
            ["DIARIZER__LOGFORMAT"] = format,
            ["DIARIZER__WEB__ENABLED"] = "false",
            ["Logging__Console__FormatterName"] = format == "Json" ? "Simple" : "Json",
        });
        var line = await daemon.WaitForErrorAsync("Ready after");
        daemon.Terminate();
        daemon.WaitForExit();
        return line;
    }
}
