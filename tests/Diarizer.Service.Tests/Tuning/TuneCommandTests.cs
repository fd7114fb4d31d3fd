using Diarizer.Service.Options;
using Diarizer.Service.Tests.EndToEnd;
using Diarizer.Service.Tuning;

namespace Diarizer.Service.Tests.Tuning;

/// <summary>The whole command, with the real models.</summary>
[Collection(ExecutableCollection.Name)]
public class TuneCommandTests
{
    [Fact]
    public async Task A_search_writes_what_the_daemon_takes_and_a_resumed_one_finds_the_same_at_once()
    {
        using var folder = new TemporaryFolder();
        using var work = new TemporaryFolder();
        TuningFolder.Fill(folder, 3, 8);
        var request = new TuningRequest
        {
            Folder = folder.Path,
            Trials = 9,
            Folds = 2,
            Neighbours = 1,
            Space = work.Write("space.json", """{ "VoiceActivity:OnThreshold": { "low": 0.6, "high": 0.9, "step": 0.1 }, "Turns:MergeGap": { "low": 0.1, "high": 1 } }"""),
            // With a threshold that hardly anything reaches almost all speech is missed.
            Configuration = work.Write("start.json", """{ "Diarizer": { "Diarization": { "VoiceActivity": { "OnThreshold": 1 }, "Turns": { "NewTurnPause": 0.2 } } } }"""),
            Output = work.File("found.json"),
            State = work.File("state"),
            Chart = work.File("worth.svg"),
            Cache = work.File("cache"),
            Device = "cpu",
        };
        using var told = new StringWriter();
        var result = await TuningRun.RunAsync(request, told, CancellationToken.None);
        Assert.True(result!.IsBetter, told.ToString());
        Assert.Contains("DER found, held out", told.ToString(), StringComparison.Ordinal);
        var found = OptionsLoader.Load(request.Output, new CommandLineOverrides(Sources: ["file:talk.flac"])).Options.Diarization;
        Assert.InRange(found.VoiceActivity.OnThreshold, 0.6, 0.9);
        Assert.Equal(0.2, found.Turns.NewTurnPause);
        Assert.Contains("VoiceActivity:OnThreshold", File.ReadAllText(request.Chart), StringComparison.Ordinal);

        var written = File.ReadAllText(request.Output);
        var scores = File.ReadAllLines(request.State).Length;
        File.Delete(request.Output);
        await TuningRun.RunAsync(request, told, CancellationToken.None);
        Assert.Equal(written, File.ReadAllText(request.Output));
        Assert.Equal(scores, File.ReadAllLines(request.State).Length);
    }

    [Theory]
    [InlineData("--folds 1", "--folds is 1")]
    [InlineData("--out /nonexistent/a.json", "/nonexistent/a.json")]
    [InlineData("--space /nonexistent/s.json", "--space")]
    public void What_cannot_work_is_told_before_anything_is_loaded(string arguments, string part)
    {
        using var folder = new TemporaryFolder();
        var (exitCode, _, errors) = DiarizerProcess.Run(["tune", folder.Path, .. arguments.Split(' ')]);
        Assert.Equal(2, exitCode);
        Assert.Contains(part, errors, StringComparison.Ordinal);
    }
}
