using Diarizer.Audio;
using Diarizer.Streaming.Events;
using Diarizer.Streaming.Speakers;
using Diarizer.Streaming.VoiceActivity;

namespace Diarizer.Streaming.Turns;

/// <summary>Opens, labels, moves and ends turns from speech and embedded windows.</summary>
internal sealed class TurnTracker(PipelineOptions options, int dimension, OnlineSpeakers speakers, FrameHistory frames, List<DiarizationEvent> events)
{
    private const int UnnamedTurnsKept = 8;

    private readonly long _decideAfter = SampleClock.FromSeconds(options.Turns.DecideAfter);
    private readonly long _search = SampleClock.FromSeconds(options.Turns.BoundarySearch);
    private readonly long _minimumTurn = SampleClock.FromSeconds(options.Turns.MinimumTurn);
    private readonly long _exemplarSpeech = SampleClock.FromSeconds(options.Speakers.MinimumExemplarSpeech);
    private readonly ChangeEvidence _evidence = new();
    private OpenTurn? _turn;
    private SpeakerModel? _lastSpeaker;
    private long _lastLearned;
    private int _lastId;

    public bool IsOpen => _turn is not null;

    public void Clear()
    {
        _turn = null;
        _lastSpeaker = null;
        _lastId = 0;
        _lastLearned = 0;
        _evidence.Clear();
    }

    /// <summary>Begins a turn of nobody yet.</summary>
    public void Open(long at, long start)
    {
        _turn = new OpenTurn(++_lastId, start, dimension) { Speech = frames.SpeechIn(start, frames.End).Samples };
        _evidence.Clear();
        Emit(at, TurnEventKind.Started, frames.End, null);
    }

    /// <summary>Counts speech towards the open turn.</summary>
    public void AddSpeech(long samples) => _turn!.Speech += samples;

    /// <summary>Takes an embedded window of the open turn.</summary>
    public void Observe(long at, Observation observation)
    {
        var turn = _turn!;
        turn.Add(observation);
        if (turn.Speaker is null)
        {
            Decide(at, turn);
            turn.Unlearned = observation;
            return;
        }

        Attribute(at, turn);
        Weigh(at, turn, observation);
    }

    /// <summary>Ends the open turn.</summary>
    public void End(long at, long end, TurnEndReason reason)
    {
        var turn = _turn!;
        if (turn.Speaker is null)
        {
            Guess(turn);
        }
        else
        {
            Attribute(at, turn);
            if (turn.Unlearned is { } last && _evidence.IsClear)
                Learn(turn, last);
            turn.Speaker.LastSeen = end;
            _lastSpeaker = turn.Speaker;
        }

        Emit(at, TurnEventKind.Ended, end, reason);
        RememberUnnamed(turn);
        _turn = null;
        _evidence.Clear();
    }

    private void Decide(long at, OpenTurn turn)
    {
        if (turn.Speech < _decideAfter)
        {
            if (Guess(turn))
                Emit(at, TurnEventKind.Updated, frames.End, null);
            return;
        }

        var mean = turn.MeanEmbedding();
        var (best, score) = speakers.Best(mean, _lastSpeaker);
        if (best is null || score < options.Speakers.NewSpeakerThreshold)
        {
            if (turn.Probability < options.Speakers.MinimumNewSpeakerProbability)
                return;
            best = speakers.Create(at);
            best.Add(new Exemplar(mean, SampleClock.ToSeconds(turn.Speech) * turn.Probability));
            score = 1;
        }

        turn.Speaker = best;
        Attribute(at, turn);
        SetLabel(at, turn, best, score);
    }

    // Before the decision, and for turns too short for one, the best-known voice is a guess if it is near enough.
    private bool Guess(OpenTurn turn)
    {
        if (!turn.HasWindows)
            return false;
        var (best, score) = speakers.Best(turn.MeanEmbedding(), _lastSpeaker);
        var label = best is { Id: > 0 } && score >= options.Turns.GuessThreshold ? new SpeakerLabel(best.Id, speakers.Confidence(score), false) : SpeakerLabel.Unknown;
        var changed = label.Id != turn.Label.Id;
        turn.Label = label;
        return changed;
    }

    private void Weigh(long at, OpenTurn turn, Observation observation)
    {
        var weight = Math.Min(1, SampleClock.ToSeconds(observation.Window.End - observation.Window.Start) / options.Windows.Length);
        var current = turn.Speaker!.Score(observation.Embedding);
        var best = current;
        SpeakerModel? winner = null;
        ChangeEvidence.Sum winning = default;
        foreach (var model in speakers.Models)
        {
            if (model == turn.Speaker)
                continue;
            var score = model.Score(observation.Embedding);
            best = Math.Max(best, score);
            var sum = _evidence.Add(model, weight * (score - current - options.Turns.ChangeMargin), observation);
            if (sum.Value > options.Turns.ChangeThreshold && sum.Value > winning.Value)
                (winner, winning) = (model, sum);
        }

        var nobody = _evidence.Add(null, weight * (options.Turns.UnmatchedScore - best), observation);
        if (winner is not null)
            Change(at, turn, winner, winning.Since!, winner.Score(observation.Embedding));
        else if (nobody.Value > options.Turns.NewSpeakerEvidence)
            TryNewSpeaker(at, turn, nobody.Since!);
        else
            LearnPrevious(turn, observation);
    }

    private void TryNewSpeaker(long at, OpenTurn turn, Observation since)
    {
        var run = turn.Recent[Math.Max(0, turn.Recent.IndexOf(since))..];
        var span = frames.SpeechIn(run[0].Window.Centre, run[^1].Window.End);
        if (SampleClock.ToSeconds(span.Samples) < options.Speakers.MinimumNewSpeakerSpeech || span.Probability < options.Speakers.MinimumNewSpeakerProbability)
            return;

        // The first window of the run still holds some of the previous voice.
        var candidate = new OpenTurn(0, 0, dimension);
        foreach (var observation in run.Count > 1 ? run[1..] : run)
            candidate.Add(observation);
        var mean = candidate.MeanEmbedding();
        var (best, score) = speakers.Best(mean, null);
        if (best == turn.Speaker && score >= options.Speakers.NewSpeakerThreshold)
        {
            _evidence.Clear();
            return;
        }

        if (best is null || score < options.Speakers.NewSpeakerThreshold)
        {
            best = speakers.Create(at);
            best.Add(new Exemplar(mean, SampleClock.ToSeconds(span.Samples) * span.Probability));
            score = 1;
        }

        Change(at, turn, best, since, score);
    }

    private void Change(long at, OpenTurn turn, SpeakerModel next, Observation since, double score)
    {
        var estimate = since.Window.Centre - (SampleClock.FromSeconds(options.Windows.Hop) / 2);
        var boundary = Boundary.Snap(frames, estimate, _search);
        _evidence.Clear();
        if (boundary.End - turn.Start < _minimumTurn)
        {
            Relabel(at, turn, next, score);
            return;
        }

        var moved = Math.Min(turn.Speech, frames.SpeechIn(boundary.Start, frames.End).Samples);
        turn.Speaker!.Speech -= Math.Min(moved, turn.Attributed);
        turn.Speaker.LastSeen = boundary.End;
        Emit(at, TurnEventKind.Ended, boundary.End, TurnEndReason.SpeakerChange);
        RememberUnnamed(turn);

        var successor = new OpenTurn(++_lastId, boundary.Start, dimension) { Speaker = next, Speech = moved };
        foreach (var observation in turn.Recent.Where(o => o.Window.Centre >= boundary.Start))
            successor.Add(observation);
        _turn = successor;
        Attribute(at, successor, quiet: true);
        successor.Label = LabelOf(next, score);
        Emit(at, TurnEventKind.Started, frames.End, null);
    }

    private void Relabel(long at, OpenTurn turn, SpeakerModel next, double score)
    {
        turn.Speaker!.Speech -= turn.Attributed;
        turn.Attributed = 0;
        turn.Unlearned = null;
        turn.Speaker = next;
        Attribute(at, turn, quiet: true);
        SetLabel(at, turn, next, score);
    }

    // A window is learned one window later: by then a change that began inside it would show.
    private void LearnPrevious(OpenTurn turn, Observation observation)
    {
        if (!_evidence.IsClear)
        {
            turn.Unlearned = null;
            return;
        }

        if (turn.Unlearned is { } previous)
            Learn(turn, previous);
        turn.Unlearned = observation;
    }

    private void Learn(OpenTurn turn, Observation observation)
    {
        var window = observation.Window;
        var fresh = window.End - Math.Max(window.Start, _lastLearned);
        if (window.Speech < _exemplarSpeech || window.Start < turn.Start - _search || fresh < (window.End - window.Start) / 2)
            return;
        turn.Speaker!.Add(new Exemplar(observation.Embedding, observation.Quality));
        _lastLearned = window.End;
    }

    private void Attribute(long at, OpenTurn turn, bool quiet = false)
    {
        var speaker = turn.Speaker!;
        speaker.Speech += turn.Speech - turn.Attributed;
        turn.Attributed = turn.Speech;
        speaker.LastSeen = frames.End;
        if (!speakers.IsReadyForName(speaker))
            return;
        turn.Speaker = speakers.NameOrMerge(speaker);
        foreach (var earlier in speaker.UnnamedTurns)
            events.Add(earlier with { At = at, Kind = TurnEventKind.Revised, Revision = earlier.Revision + 1, Speaker = LabelOf(turn.Speaker, turn.Speaker.Score(turn.MeanEmbedding())) });
        speaker.UnnamedTurns.Clear();
        if (!quiet)
            SetLabel(at, turn, turn.Speaker, turn.Speaker.Score(turn.MeanEmbedding()));
    }

    // A turn of a voice not yet named waits for the name.
    private void RememberUnnamed(OpenTurn turn)
    {
        if (turn.Speaker is not { Id: 0 } speaker)
            return;
        if (speaker.UnnamedTurns.Count == UnnamedTurnsKept)
            speaker.UnnamedTurns.RemoveAt(0);
        speaker.UnnamedTurns.Add((TurnChanged)events[^1]);
    }

    private SpeakerLabel LabelOf(SpeakerModel speaker, double score) =>
        speaker.Id == 0 ? SpeakerLabel.Unknown : new SpeakerLabel(speaker.Id, speakers.Confidence(score), true);

    private void SetLabel(long at, OpenTurn turn, SpeakerModel speaker, double score)
    {
        var label = LabelOf(speaker, score);
        if (label.Id == turn.Label.Id && label.Decided == turn.Label.Decided)
            return;
        turn.Label = label;
        Emit(at, TurnEventKind.Updated, frames.End, null);
    }

    private void Emit(long at, TurnEventKind kind, long end, TurnEndReason? reason)
    {
        var turn = _turn!;
        if (kind != TurnEventKind.Started)
            turn.Revision++;
        events.Add(new TurnChanged(at, kind, turn.Id, turn.Revision, turn.Label, turn.Start, Math.Max(end, turn.Start), reason));
    }
}
