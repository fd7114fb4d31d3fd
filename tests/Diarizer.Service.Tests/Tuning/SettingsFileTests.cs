using System.Text.Json;
using System.Text.Json.Nodes;
using Diarizer.Service.Options;
using Diarizer.Service.Tuning;

namespace Diarizer.Service.Tests.Tuning;

public class SettingsFileTests
{
    private static readonly (OptionPath, double)[] Settings =
        [(OptionPath.Parse("Turns:MergeGap"), 0.75), (OptionPath.Parse("Speakers:Maximum"), 9), (OptionPath.Parse("Corrections:AtEnd"), 0)];

    [Fact]
    public void The_daemon_takes_the_file_and_what_else_was_in_it_is_still_there()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("appsettings.json", """
            {
              // a comment
              "Logging": { "LogLevel": { "Default": "Warning" } },
              "diarizer": { "Streams": [ { "Name": "hall", "Source": "alsa:hw:1" } ], "diarization": { "turns": { "mergeGap": 0.3, "DecideAfter": 1.2 } } },
            }
            """);
        SettingsFile.Write(path, Settings);
        var options = OptionsLoader.Load(path, new CommandLineOverrides()).Options;
        Assert.Equal("hall", Assert.Single(options.Streams).Name);
        Assert.Equal((0.75, 1.2), (options.Diarization.Turns.MergeGap, options.Diarization.Turns.DecideAfter));
        Assert.Equal((9, false), (options.Diarization.Speakers.Maximum, options.Diarization.Corrections.AtEnd));
        var json = JsonNode.Parse(File.ReadAllText(path), documentOptions: new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!;
        Assert.Equal("Warning", (string?)json["Logging"]!["LogLevel"]!["Default"]);
        Assert.Equal(["Streams", "diarization"], json["diarizer"]!.AsObject().Select(p => p.Key));
        Assert.Equal([path], Directory.EnumerateFiles(folder.Path));
    }

    [Fact]
    public void Comments_order_and_layout_stay_and_only_the_touched_values_change()
    {
        const string before = """
            // Rooms of the second floor.
            {
              "Diarizer": {
                "Diarization": {
                  // Tuned by ear, 12 May.
                  "Turns": { "MergeGap": 0.3, /* was 0.5 */ "DecideAfter": 1.2 }, // seconds
                  "Speakers": {
                    "Maximum": 4 // chairs
                  }
                },
                "Streams": [
                  { "Name": "hall", "Source": "alsa:hw:1" }, // the long table
                ],
              },
              "Logging": { "LogLevel": { "Default": "Warning" } }
            }

            """;
        var after = before
            .Replace("\"MergeGap\": 0.3", "\"MergeGap\": 0.75", StringComparison.Ordinal)
            .Replace("\"Maximum\": 4 ", "\"Maximum\": 9 ", StringComparison.Ordinal)
            .Replace("      }\n    },", "      },\n      \"Corrections\": {\n        \"AtEnd\": false\n      }\n    },", StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        var path = folder.Write("appsettings.json", before);
        SettingsFile.Write(path, Settings);
        Assert.Equal(after, File.ReadAllText(path));
    }

    [Fact]
    public void The_encoding_of_the_file_stays()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("appsettings.json");
        File.WriteAllText(path, "{ \"Diarizer\": { \"Mqtt\": { \"UserName\": \"bürö\" } } }", System.Text.Encoding.UTF8);
        SettingsFile.Write(path, Settings);
        Assert.Equal([0xEF, 0xBB, 0xBF], File.ReadAllBytes(path)[..3]);
        Assert.Contains("bürö", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_file_holds_the_settings_alone()
    {
        using var folder = new TemporaryFolder();
        SettingsFile.Write(folder.File("new.json"), Settings);
        Assert.Equal(SettingsFile.ToJson(Settings), File.ReadAllText(folder.File("new.json")).TrimEnd());
        var options = OptionsLoader.Load(folder.File("new.json"), new CommandLineOverrides(Sources: ["file:talk.flac"])).Options;
        Assert.Equal(0.75, options.Diarization.Turns.MergeGap);
    }

    [Theory]
    [InlineData("[1, 2]")]
    [InlineData("{ \"Diarizer\": ")]
    [InlineData("{ \"Diarizer\": { \"Diarization\": { \"Turnz\": {} } } }")]
    public void A_file_that_is_no_good_configuration_stays_as_it_is(string content)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("appsettings.json", content);
        Assert.ThrowsAny<Exception>(() => SettingsFile.Write(path, Settings));
        Assert.Equal(content, File.ReadAllText(path));
        Assert.Equal([path], Directory.EnumerateFiles(folder.Path));
    }
}
