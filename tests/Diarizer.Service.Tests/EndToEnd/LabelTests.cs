using System.Text.Json;
using System.Text.RegularExpressions;

namespace Diarizer.Service.Tests.EndToEnd;

/// <summary><c>diarizer label</c> on the transcript of the bundled conversation, as a user runs it.</summary>
[Collection(ExecutableCollection.Name)]
public partial class LabelTests
{
    private static readonly string Samples = Path.GetDirectoryName(Sample.Path)!;
    private static readonly string Srt = Path.Combine(Samples, "conversation.srt");
    private static readonly string Rttm = Path.Combine(Samples, "conversation.rttm");

    // Speaker and words of every line that was spoken; the transcript has the same words in the same order.
    private static readonly (string Speaker, string Word)[] Spoken =
    [
        .. File.ReadLines(Path.Combine(Samples, "conversation.txt")).Where(line => line[0] != '#').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .SelectMany(fields => fields[2..].Select(word => (fields[1], word))),
    ];

    private static JsonElement Summary(params string[] arguments)
    {
        var (exitCode, output, errors) = DiarizerProcess.Run(["label", .. arguments, "--json"]);
        Assert.True(exitCode == 0, errors);
        return JsonDocument.Parse(output).RootElement;
    }

    // The speaker of each word in a labelled SubRip file.
    private static (string Speaker, string Word)[] Labelled(string srt) =>
    [
        .. Cue().Matches(File.ReadAllText(srt))
            .SelectMany(cue => cue.Groups["text"].Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => (cue.Groups["speaker"].Value, word))),
    ];

    [GeneratedRegex(@"^\d+\n\S+ --> \S+\n\[(?<speaker>[^\]]+)\]: (?<text>(.+\n)+)", RegexOptions.Multiline)]
    private static partial Regex Cue();

    [Fact]
    public void With_the_true_turns_nearly_every_word_has_its_speaker()
    {
        using var folder = new TemporaryFolder();
        var output = folder.File("labelled.srt");
        var summary = Summary(Srt, "--rttm", Rttm, "-o", output);
        var labelled = Labelled(output);
        Assert.Equal(Spoken.Select(s => s.Word), labelled.Select(l => l.Word));
        // What is left are words said by two people at once, in a cue that holds both.
        Assert.InRange(Spoken.Zip(labelled).Count(p => p.First == p.Second) / (double)Spoken.Length, 0.96, 1);
        Assert.Equal((20, Spoken.Length, 0), (summary.GetProperty("cues").GetInt32(), summary.GetProperty("words").GetInt32(), summary.GetProperty("unknown").GetInt32()));
        Assert.Equal(Cue().Count(File.ReadAllText(output)), 20 + summary.GetProperty("splits").GetInt32());
        Assert.Equal(["ada", "boris", "callum", "dora"], summary.GetProperty("speakers").EnumerateArray().Select(s => s.GetProperty("name").GetString()!).Order());
    }

    [Fact]
    public void With_the_recording_it_says_what_the_diarizer_says()
    {
        using var folder = new TemporaryFolder();
        var (output, rttm, other) = (folder.File("labelled.srt"), folder.File("conversation.rttm"), folder.File("other.srt"));
        Summary(Srt, "--audio", Sample.Path, "-o", output);
        Assert.Equal(0, DiarizerProcess.Run("file", Sample.Path, "--rttm", rttm).ExitCode);
        Summary(Srt, "--rttm", rttm, "-o", other);
        Assert.Equal(File.ReadAllText(other), File.ReadAllText(output));
        var labelled = Labelled(output);
        Assert.Equal(Spoken.Select(s => s.Word), labelled.Select(l => l.Word));
        // Its speakers have no names: each counts as the one whose words it has most of.
        var right = Spoken.Zip(labelled).GroupBy(p => p.Second.Speaker).Where(g => g.Key != "unknown").Sum(g => g.GroupBy(p => p.First.Speaker).Max(s => s.Count()));
        Assert.InRange(right / (double)Spoken.Length, 0.7, 1);
        Assert.InRange(labelled.Select(l => l.Speaker).Distinct().Count(), 3, 6);
    }

    [Fact]
    public void What_was_done_is_printed_for_people_too()
    {
        using var folder = new TemporaryFolder();
        var (exitCode, output, _) = DiarizerProcess.Run(
            "label", Srt, "--rttm", Rttm, "-o", folder.File("a.srt"), "--no-split", "--unknown", "", "--nearest", "0.5", "--jitter", "0.1", "--sentence-end", "0");
        Assert.Equal(0, exitCode);
        Assert.Contains($"20 cues, split 0 times; {Spoken.Length} words", output, StringComparison.Ordinal);
        Assert.Contains("dora", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("talk.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nGood morning\n", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v ada>Good morning\n")]
    [InlineData("talk.json", """{"segments":[{"start":1,"end":2.50,"text":"Good morning"}]}""", """{"segments":[{"start":1,"end":2.50,"text":"Good morning","speaker":"ada"}]}""")]
    [InlineData("talk.ctm", "talk 1 1.0 0.5 good\n", "talk 1 1.0 0.5 good 1.00 lex ada\n")]
    public void Every_format_keeps_its_form(string name, string text, string labelled)
    {
        using var folder = new TemporaryFolder();
        Summary(folder.Write(name, text), "--rttm", Rttm, "-o", folder.File("out"));
        Assert.Equal(labelled, File.ReadAllText(folder.File("out")));
    }

    [Fact]
    public void What_a_user_gets_wrong()
    {
        using var folder = new TemporaryFolder();
        var (output, broken) = (folder.File("out.srt"), folder.Write("broken.srt", "1\n00:00:01,000 --> 00:00:02,000\na\n\n2\n00:00:02.000 -> 00:00:03.000\nb\n"));
        (string Part, string[] Arguments)[] mistakes =
        [
            ("--rttm or --audio", [Srt, "-o", output]),
            ("--rttm or --audio", [Srt, "-o", output, "--rttm", Rttm, "--audio", Sample.Path]),
            ("--output", [Srt, "--rttm", Rttm]),
            ("broken.srt, line 6", [broken, "--rttm", Rttm, "-o", output]),
            ("does not exist", ["/nonexistent.srt", "--rttm", Rttm, "-o", output]),
            ("does not exist", [Srt, "--rttm", "/nonexistent.rttm", "-o", output]),
            ("does not exist", [Srt, "--audio", "/nonexistent.flac", "-o", output]),
            ("the transcript itself", [Srt, "--rttm", Rttm, "-o", Srt]),
            ("--output", [Srt, "--rttm", Rttm, "-o", "/nonexistent/out.srt"]),
            ("srt, vtt, json or ctm", [Srt, "--rttm", Rttm, "-o", output, "--format", "docx"]),
            ("Jitter is 7", [Srt, "--rttm", Rttm, "-o", output, "--jitter", "7"]),
            ("no turns of a recording tea", [Srt, "--rttm", Rttm, "-o", output, "--recording", "tea"]),
            ("line 1", [Srt, "--rttm", Srt, "-o", output]),
        ];
        foreach (var (part, arguments) in mistakes)
        {
            var (exitCode, _, errors) = DiarizerProcess.Run(["label", .. arguments]);
            Assert.Equal(2, exitCode);
            Assert.Contains(part, errors, StringComparison.Ordinal);
            Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.False(File.Exists(output));
        }
    }
}
