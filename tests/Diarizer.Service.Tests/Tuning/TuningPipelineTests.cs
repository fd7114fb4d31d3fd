using Diarizer.Service.Models;
using Diarizer.Service.Streams;
using Diarizer.Service.Tests.EndToEnd;
using Diarizer.Service.Tuning;
using Diarizer.Streaming;

namespace Diarizer.Service.Tests.Tuning;

/// <summary>With the real models: what is scored is what <c>diarizer file</c> gives.</summary>
[Collection(ExecutableCollection.Name)]
public class TuningPipelineTests
{
    [Fact]
    public async Task Cached_networks_give_the_turns_of_the_file_command_and_other_thresholds_cost_no_embedding()
    {
        using var folder = new TemporaryFolder();
        TuningFolder.Fill(folder, 1, 20);
        var recordings = TuningCorpus.Read(folder.Path).Recordings;
        var other = new PipelineOptions { Turns = new() { ChangeThreshold = 0.2, UnmatchedScore = 0.3 }, Corrections = new() { EvidenceScale = 0.2 } };
        await using var tuned = new TuningPipeline(LoadedModels.Load(null, "cpu", 1), recordings, folder.File("cache"), jobs: 1);
        await using var usual = RecordingPipeline.Load(null, "cpu");
        await using var usualOther = RecordingPipeline.Load(null, "cpu", options: other);
        foreach (var (pipeline, options) in new[] { (usual, new PipelineOptions()), (usualOther, other), (usual, new PipelineOptions()) })
        {
            var (expected, _) = await pipeline.Recordings.DiarizeAsync(recordings[0].Path, _ => { }, CancellationToken.None);
            var (_, corrected) = await tuned.DiarizeAsync(options, 0, CancellationToken.None);
            Assert.Equal(expected.Turns, corrected.Turns);
        }

        var before = tuned.Embedded;
        Assert.InRange(before, 10, 100);
        await using var again = new TuningPipeline(LoadedModels.Load(null, "cpu", 1), recordings, null, jobs: 1);
        await again.DiarizeAsync(other, 0, CancellationToken.None);
        var needed = again.Embedded;
        await again.DiarizeAsync(new PipelineOptions(), 0, CancellationToken.None);
        Assert.Equal((before, before), (needed, again.Embedded));
    }

    [Fact]
    public void Recordings_are_paired_by_name_and_those_without_truth_are_named()
    {
        using var folder = new TemporaryFolder();
        TuningFolder.Fill(folder, 2, 5);
        folder.Write("lonely.wav", "");
        var corpus = TuningCorpus.Read(folder.Path);
        Assert.Equal(["cut-0-5", "cut-5-5"], corpus.Recordings.Select(r => r.Name));
        Assert.Equal(["lonely.wav"], corpus.Without.Select(Path.GetFileName));
        using var empty = new TemporaryFolder();
        Assert.Contains("RTTM", Assert.Throws<UserErrorException>(() => TuningCorpus.Read(empty.Path)).Message, StringComparison.Ordinal);
    }
}
