using System.Globalization;
using System.Text.Json;

namespace Diarizer.Service.Tests.EndToEnd;

/// <summary>The commands that work on files, as a user runs them.</summary>
[Collection(ExecutableCollection.Name)]
public class CommandTests
{
    [Theory]
    [InlineData("--help", "run")]
    [InlineData("run --help", "--source")]
    [InlineData("file --help", "--rttm")]
    [InlineData("score --help", "--skip-overlap")]
    [InlineData("tune --help", "--folds")]
    [InlineData("label --help", "--rttm")]
    [InlineData("vad --help", "--frames")]
    [InlineData("enroll --help", "--given-by")]
    [InlineData("speakers --help", "consent")]
    [InlineData("forget --help", "Erases")]
    [InlineData("export --help", "--voiceprint")]
    [InlineData("key --help", "enrolment.key")]
    [InlineData("devices --help", "listened to")]
    [InlineData("--version", "0.1.0")]
    public void Every_command_explains_itself(string arguments, string part)
    {
        var (exitCode, output, _) = DiarizerProcess.Run(arguments.Split(' '));
        Assert.Equal(0, exitCode);
        Assert.Contains(part, output, StringComparison.Ordinal);
    }

    [Fact]
    public void Scoring_counts_each_kind_of_error()
    {
        using var folder = new TemporaryFolder();
        // 10 s of speech; 1 s missed at the start, 2 s said to be of the wrong speaker, 1 s too long at the end.
        var reference = folder.Write("ref.rttm", "SPEAKER talk 1 0 6 <NA> <NA> ann <NA> <NA>\nSPEAKER talk 1 6 4 <NA> <NA> bob <NA> <NA>\n");
        var hypothesis = folder.Write("hyp.rttm", "SPEAKER talk 1 1 7 <NA> <NA> x <NA> <NA>\nSPEAKER talk 1 8 3 <NA> <NA> y <NA> <NA>\n");
        var (exitCode, output, _) = DiarizerProcess.Run("score", reference, hypothesis, "--json");
        Assert.Equal(0, exitCode);
        var rows = output.Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(["talk", "pooled"], rows.Select(r => r.GetProperty("recording").GetString()));
        Assert.All(rows, row => Assert.Equal(
            [0.4, 1, 1, 2, 10], new[] { "der", "miss_s", "false_alarm_s", "confusion_s", "speech_s" }.Select(name => Math.Round(row.GetProperty(name).GetDouble(), 6))));
        var table = DiarizerProcess.Run("score", reference, hypothesis).Output.Split('\n');
        Assert.Equal(["pooled", "40.00", "10.00", "10.00", "20.00"], table[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[..5]);
    }

    [Fact]
    public void Voice_activity_is_one_float_for_every_10_ms()
    {
        using var folder = new TemporaryFolder();
        var frames = folder.File("p.npy");
        Assert.Equal(0, DiarizerProcess.Run("vad", Sample.CutFile(folder, 0, 5), "--frames", frames).ExitCode);
        var bytes = File.ReadAllBytes(frames);
        var values = Enumerable.Range(0, 500).Select(i => BitConverter.ToSingle(bytes, bytes.Length - 2000 + 4 * i)).ToArray();
        Assert.Contains("'shape': (500,)", System.Text.Encoding.ASCII.GetString(bytes, 10, 118), StringComparison.Ordinal);
        Assert.All(values, p => Assert.InRange(p, 0, 1));
        // The sample begins with 0.8 s of silence; then somebody speaks for 3.5 s.
        Assert.True(values[10..60].Average() < 0.3, "silence");
        Assert.True(values[100..400].Average() > 0.7, "speech");
    }

    [Fact]
    public void One_thread_computes_unless_more_are_asked_for()
    {
        using var folder = new TemporaryFolder();
        // OpenMP tells its settings when it is loaded.
        var (_, _, errors) = DiarizerProcess.RunWith(new Dictionary<string, string> { ["OMP_DISPLAY_ENV"] = "true" }, "file", Sample.CutFile(folder, 0, 2), "--json");
        Assert.Contains("OMP_NUM_THREADS = '1'", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Recordings_become_turns_and_a_bad_one_does_not_keep_the_others_from_it()
    {
        using var folder = new TemporaryFolder();
        using var output = new TemporaryFolder();
        string[] good = [Sample.CutFile(folder, 0, 12), Sample.CutFile(folder, 12, 10)];
        folder.Write("text.wav", "no audio");
        var (exitCode, lines, errors) = DiarizerProcess.Run("file", folder.Path, "--rttm", output.Path, "--json");
        Assert.Equal(2, exitCode);
        Assert.Contains("text.wav", errors, StringComparison.Ordinal);
        Assert.Contains("real-time factor", errors, StringComparison.Ordinal);
        var turns = lines.Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(good.Order(), turns.Select(t => t.GetProperty("recording").GetString()).Distinct().Order());
        Assert.Equal(good.Select(Path.GetFileNameWithoutExtension).Order(), Directory.EnumerateFiles(output.Path).Select(Path.GetFileNameWithoutExtension).Order());
        // Turns of one speaker with a short pause between them are one segment: less lines, the same speech.
        var segments = Directory.EnumerateFiles(output.Path).SelectMany(File.ReadLines).Select(line => line.Split(' ')).ToArray();
        Assert.InRange(segments.Length, 2, turns.Length);
        double Seconds(IEnumerable<string> durations) => durations.Sum(d => double.Parse(d, CultureInfo.InvariantCulture));
        var latest = turns.GroupBy(t => (t.GetProperty("recording").GetString(), t.GetProperty("turn").GetInt32())).Select(g => g.MaxBy(t => t.GetProperty("revision").GetInt32())).ToList();
        var spoken = latest.Sum(t => t.GetProperty("end").GetDouble() - t.GetProperty("start").GetDouble());
        Assert.InRange(Seconds(segments.Select(s => s[4])), spoken - 0.1, spoken + 0.5 * turns.Length);
    }
}
