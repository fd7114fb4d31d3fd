using Diarizer.Audio;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming.Turns;

/// <summary>Decides which windows of a turn its speaker remembers: one window late, when a change that began inside it would show.</summary>
internal sealed class ExemplarLearner(PipelineOptions options)
{
    private readonly long _minimumSpeech = SampleClock.FromSeconds(options.Speakers.MinimumExemplarSpeech);
    private readonly long _tolerance = SampleClock.FromSeconds(options.Turns.BoundarySearch);
    private Observation? _waiting;
    private long _learnedUntil;

    /// <summary>Forgets the waiting window, when the turn changes hands or ends.</summary>
    public void Discard() => _waiting = null;

    /// <summary>Forgets everything, for a new session.</summary>
    public void Clear()
    {
        _waiting = null;
        _learnedUntil = 0;
    }

    /// <summary>Takes the turn's newest window without learning anything yet.</summary>
    public void Hold(Observation observation) => _waiting = observation;

    /// <summary>Learns the window that waits.</summary>
    /// <returns>True when there was one and it was fit.</returns>
    public bool Release(OpenTurn turn)
    {
        var learned = false;
        if (_waiting is { } observation && IsFit(turn, observation.Window))
        {
            turn.Speaker!.Add(new Exemplar(observation.Embedding, observation.Quality, turn.Id));
            _learnedUntil = observation.Window.End;
            learned = true;
        }

        _waiting = null;
        return learned;
    }

    // Long enough, of this turn alone, and at least half of it not learned yet.
    private bool IsFit(OpenTurn turn, Embeddings.Window window) =>
        window.Speech >= _minimumSpeech
        && window.Start >= turn.Start - _tolerance
        && window.End - Math.Max(window.Start, _learnedUntil) >= (window.End - window.Start) / 2;
}
