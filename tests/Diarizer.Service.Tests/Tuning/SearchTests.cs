using Diarizer.Service.Tuning;
using Diarizer.Streaming;

namespace Diarizer.Service.Tests.Tuning;

public class SearchTests
{
    private static readonly double[] Alike = [1.5, 1.4, 1.6, 1.5, 1.45, 1.55];

    [Fact]
    public async Task What_is_better_everywhere_is_found_and_holds_on_held_out_recordings()
    {
        var result = await FakeCorpus.Search(new FakeCorpus(Alike).Evaluations()).RunAsync(8, _ => { }, CancellationToken.None);
        Assert.True(result!.IsBetter);
        Assert.InRange(result.Best.Options.Turns.MergeGap, 1.3, 1.7);
        // Before: 10 + 40 (1.5 - 0.5)² and more; the margin adds 0.15.
        Assert.InRange(result.StartRate, 0.48, 0.53);
        Assert.InRange(result.HeldOut, 0.10, 0.14);
        Assert.InRange(result.InSample, 0.10, result.HeldOut);
    }

    [Fact]
    public async Task What_helps_only_the_recordings_it_was_chosen_with_is_told_from_what_helps()
    {
        // Whatever two of three want makes the third worse than the start does.
        var result = await FakeCorpus.Search(new FakeCorpus(0.1, 0.5, 0.9).Evaluations(neighbours: 0)).RunAsync(6, _ => { }, CancellationToken.None);
        Assert.True(result!.InSample <= result.StartRate);
        Assert.True(result.HeldOut > result.InSample);
        Assert.False(result.IsBetter);
    }

    [Fact]
    public async Task A_search_sees_no_other_recordings_than_its_own()
    {
        var corpus = new FakeCorpus(Alike);
        var search = new HalvingSearch(FakeCorpus.Space, corpus.Evaluations(), [0, 2, 3], new PipelineOptions(), 1);
        await search.AdvanceAsync(1, CancellationToken.None);
        await search.AdvanceAsync(2, CancellationToken.None);
        Assert.Equal([0, 2, 3], corpus.Asked.Distinct().Order());
    }

    [Fact]
    public async Task The_same_seed_takes_the_same_way_and_another_does_not()
    {
        async Task<string> KeyOf(int seed) => (await FakeCorpus.Search(new FakeCorpus(Alike).Evaluations(), seed: seed).RunAsync(3, _ => { }, CancellationToken.None))!.Best.Key;
        var first = await KeyOf(1);
        Assert.Equal(first, await KeyOf(1));
        Assert.NotEqual(first, await KeyOf(2));
    }

    [Fact]
    public async Task Stopped_anywhere_it_keeps_the_finished_rounds_and_resumed_it_ends_where_it_would_have()
    {
        using var folder = new TemporaryFolder();
        const int Rounds = 6;
        var first = new FakeCorpus(Alike);
        var whole = await FakeCorpus.Search(first.Evaluations()).RunAsync(Rounds, _ => { }, CancellationToken.None);

        var corpus = new FakeCorpus(Alike);
        using var stop = new CancellationTokenSource();
        var until = first.Asked.Count * 2 / 3;
        var left = until;
        var stopped = corpus.Evaluations(() =>
        {
            if (Interlocked.Decrement(ref left) == 0)
                stop.Cancel();
        });
        using (SearchState.Open(folder.File("state"), "corpus", corpus.Names, stopped))
        {
            var part = await FakeCorpus.Search(stopped).RunAsync(Rounds, _ => { }, stop.Token);
            Assert.InRange(part!.Round, 1, Rounds - 1);
        }

        // As if killed in the middle of a line.
        File.AppendAllText(folder.File("state"), "{\"recording\":\"r1\",\"sett");
        var fresh = new FakeCorpus(Alike);
        var resumed = fresh.Evaluations();
        using (SearchState.Open(folder.File("state"), "corpus", fresh.Names, resumed))
        {
            var known = resumed.Count;
            Assert.InRange(known, until / 2, first.Asked.Count - 1);
            var result = await FakeCorpus.Search(resumed).RunAsync(Rounds, _ => { }, CancellationToken.None);
            Assert.Equal(whole!.Best.Key, result!.Best.Key);
            Assert.Equal(whole.HeldOut, result.HeldOut, 12);
            Assert.Equal(resumed.Count - known, fresh.Asked.Count);
        }

        var other = Assert.Throws<UserErrorException>(() => SearchState.Open(folder.File("state"), "another corpus", fresh.Names, new FakeCorpus(Alike).Evaluations()));
        Assert.Contains("another file", other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_setting_is_worth_what_setting_it_back_costs()
    {
        var evaluations = new FakeCorpus(Alike).Evaluations(neighbours: 0);
        var start = Candidate.Of(new PipelineOptions());
        var best = start.With(OptionPath.Parse("Turns:MergeGap"), 1.5).With(OptionPath.Parse("Turns:ChangeMargin"), 0);
        var rate = await evaluations.RobustRateAsync(best, evaluations.All, CancellationToken.None);
        var worths = await Worth.OfAsync(new SearchResult(1, start, best, 1, rate, rate), evaluations, [], CancellationToken.None);
        Assert.Equal(["Turns:MergeGap", "Turns:ChangeMargin"], worths.Select(w => w.Path.Name));
        Assert.Equal(0.40, worths[0].Gain, 9);
        Assert.Equal(0.0015, worths[1].Gain, 9);
        Assert.Equal(1 - (rate + 0.0015), worths[0].Alone, 9);
        Assert.All(worths, w => Assert.Null(w.VarianceShare));
    }

    [Fact]
    public void An_option_that_decides_explains_the_variance_and_one_that_does_nothing_none()
    {
        OptionPath gap = OptionPath.Parse("Turns:MergeGap"), margin = OptionPath.Parse("Turns:ChangeMargin");
        var random = new Random(3);
        List<(Candidate, double)> tried = [];
        for (var i = 0; i < 300; i++)
        {
            var value = random.Next(3) / 2.0;
            tried.Add((Candidate.Of(new PipelineOptions()).With(gap, value).With(margin, random.NextDouble()), value));
        }

        Assert.Equal(1, Worth.Share(gap, tried)!.Value, 9);
        Assert.InRange(Worth.Share(margin, tried)!.Value, 0, 0.03);
    }
}
