using System.Collections.Concurrent;
using Diarizer.Service.Tuning;
using Diarizer.Streaming;
using Diarizer.Streaming.Scoring;

namespace Diarizer.Service.Tests.Tuning;

/// <summary>Recordings whose errors are a formula of the settings: the farther <c>Turns:MergeGap</c> is from a recording's own best, the more.</summary>
internal sealed class FakeCorpus(params double[] best)
{
    public static readonly SearchSpace Space = SearchSpace.Parse("""
        { "Turns:MergeGap": { "low": 0, "high": 2 }, "Turns:ChangeMargin": { "low": 0, "high": 1 }, "Speakers:Maximum": { "low": 5, "high": 50 } }
        """, "test");

    private readonly ConcurrentBag<int> _asked = [];

    /// <summary>Which recordings were scored.</summary>
    public IReadOnlyCollection<int> Asked => _asked;

    public IReadOnlyList<string> Names { get; } = [.. best.Select((_, i) => $"r{i}")];

    public Evaluations Evaluations(Action? scored = null, int neighbours = 2) => new(
        best.Length,
        (candidate, recording, cancel) =>
        {
            scored?.Invoke();
            cancel.ThrowIfCancellationRequested();
            _asked.Add(recording);
            var gap = candidate.Options.Turns.MergeGap - best[recording];
            var errors = new DiarizationErrors(100, 10 + (40 * gap * gap), 0, candidate.Options.Turns.ChangeMargin);
            return Task.FromResult(new RecordingScore(errors, errors));
        },
        Objective.Both,
        new Neighbours(Space, neighbours, 1),
        jobs: 2);

    public static CrossValidatedSearch Search(Evaluations evaluations, int folds = 3, int seed = 1) => new(Space, evaluations, new PipelineOptions(), folds, seed);
}
