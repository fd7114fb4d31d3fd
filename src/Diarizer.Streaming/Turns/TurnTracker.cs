using Diarizer.Audio;
using Diarizer.Networks.Voices;
using Diarizer.Streaming.Events;
using Diarizer.Streaming.LocalSpeakers;
using Diarizer.Streaming.Speakers;
using Diarizer.Streaming.VoiceActivity;

namespace Diarizer.Streaming.Turns;

/// <summary>Opens, labels, moves and ends turns from speech and embedded windows.</summary>
internal sealed partial class TurnTracker(PipelineOptions options, int dimension, OnlineSpeakers speakers, FrameHistory frames, TurnLog log, VoiceSpace space, ActivityHistory? activity)
{
    private readonly long _decideAfter = SampleClock.FromSeconds(options.Turns.DecideAfter);
    private readonly long _search = SampleClock.FromSeconds(options.Turns.BoundarySearch);
    private readonly long _minimumTurn = SampleClock.FromSeconds(options.Turns.MinimumTurn);
    private readonly long _hop = SampleClock.FromSeconds(options.Windows.Hop);
    private readonly ChangeEvidence _evidence = new();
    private readonly ExemplarLearner _learner = new(options);
    private OpenTurn? _turn;
    private SpeakerModel? _lastSpeaker;
    private int _lastId;

    public bool IsOpen => _turn is not null;

    /// <summary>Forgets everything, for a new session.</summary>
    public void Clear()
    {
        _turn = null;
        _lastSpeaker = null;
        _lastId = 0;
        _history.Clear();
        activity?.Clear();
        _correctedAt = _correctedTurns = 0;
        _merges.Clear();
        log.Clear();
        _learner.Clear();
        _evidence.Clear();
    }

    /// <summary>Begins a turn of nobody yet.</summary>
    public void Open(long at, long start)
    {
        _turn = new OpenTurn(NextId(), start, dimension) { Speech = frames.SpeechIn(start, frames.End).Samples };
        log.Started(at, _turn, frames.End);
    }

    /// <summary>
    /// Speech went on after a pause that may be where somebody else took over: a new turn, until its windows say otherwise of the same speaker,
    /// if that one was decided. What was gathered for or against that speaker stays.
    /// </summary>
    public void Resume(long at, long end, long start)
    {
        var before = _turn!;
        if (before.Speaker is not null)
            Settle(at, before);
        if (before.Speaker is null)
        {
            End(at, end, TurnEndReason.Silence);
            Open(at, start);
            return;
        }

        before.Speaker.LastSeen = end;
        log.Ended(at, before, end, TurnEndReason.Silence);
        _turn = new OpenTurn(NextId(), start, dimension)
        {
            Speaker = before.Speaker,
            Label = before.Label with { Decided = false },
            Speech = frames.SpeechIn(start, frames.End).Samples,
        };
        log.Started(at, _turn, frames.End);
    }

    /// <summary>Counts speech towards the open turn.</summary>
    public void AddSpeech(long samples) => _turn!.Speech += samples;

    // The number of another turn.
    private int NextId() => ++_lastId;

    /// <summary>Takes an embedded window of the open turn.</summary>
    public void Observe(long at, Observation observation)
    {
        var turn = _turn!;
        _history.Add(observation);
        turn.Add(observation);
        speakers.Recentre();
        if (turn.Speaker is null)
        {
            _learner.Hold(observation);
            Decide(at, turn);
        }
        else
        {
            if (Attribute(at, turn))
                Relabel(at, turn, ScoreOf(turn));
            Weigh(at, turn, observation);
            if (_turn == turn)
                Confirm(at, turn);
        }
    }

    /// <summary>Ends the open turn.</summary>
    public void End(long at, long end, TurnEndReason reason)
    {
        var turn = _turn!;
        if (turn.Speaker is not null)
            Settle(at, turn);
        if (turn.Speaker is null)
        {
            Guess(turn);
        }
        else
        {
            if (_evidence.IsClear && _learner.Release(turn))
                Recognise(at);
            turn.Speaker.LastSeen = end;
            _lastSpeaker = turn.Speaker;
        }

        log.Ended(at, turn, end, reason);
        _turn = null;
        _learner.Discard();
        _evidence.Clear();
    }

    // Counts what was said for the speaker; a turn without a window of its own has nothing that speaks for anybody.
    private void Settle(long at, OpenTurn turn)
    {
        if (!turn.HasWindows)
            return;
        if (!turn.Label.Decided && !MayBeTheirs(turn))
            Disown(turn);
        else if (Attribute(at, turn))
            turn.Label = LabelOf(turn.Speaker!, ScoreOf(turn));
    }

    private void Decide(long at, OpenTurn turn)
    {
        if (turn.Speech < _decideAfter)
        {
            if (Guess(turn))
                log.Updated(at, turn, frames.End);
            return;
        }

        var (speaker, score) = Identify(at, turn, _lastSpeaker, turn.Speech, turn.Probability);
        Assign(at, turn, speaker, score);
    }

    // Somebody known, or else a new voice.
    private (SpeakerModel Speaker, double Score) Identify(long at, OpenTurn heard, SpeakerModel? current, long speech, double probability)
    {
        var mean = heard.MeanEmbedding();
        var (best, score) = speakers.Best(mean, heard.Seconds, current);
        if (best is not null && score >= options.Speakers.NewSpeakerThreshold)
            return (best, score);
        var created = speakers.Create(at, score);
        created.Add(new Exemplar(mean, SampleClock.ToSeconds(speech) * probability, heard.Id));
        return (created, 1);
    }

    // Before the decision, and for turns too short for one, the best-known voice is a guess if it is near enough.
    private bool Guess(OpenTurn turn)
    {
        if (!turn.HasWindows)
            return false;
        var (best, score) = speakers.Best(turn.MeanEmbedding(), turn.Seconds, _lastSpeaker);
        var isGuess = best is { Id: not 0 } && score >= options.Turns.GuessThreshold;
        var label = isGuess ? new SpeakerLabel(best!.Id, speakers.Confidence(score), false) : SpeakerLabel.Unknown;
        var changed = label.Id != turn.Label.Id;
        turn.Label = label;
        return changed;
    }

    private void Weigh(long at, OpenTurn turn, Observation observation)
    {
        var weight = Math.Min(1, SampleClock.ToSeconds(observation.Window.End - observation.Window.Start) / options.Windows.Length);
        var current = Score(turn.Speaker!, observation);
        var best = current;
        SpeakerModel? winner = null;
        ChangeEvidence.Sum winning = default;
        foreach (var model in speakers.Models)
        {
            if (model == turn.Speaker)
                continue;
            var score = Score(model, observation);
            best = Math.Max(best, score);
            var sum = _evidence.Add(model, weight * (score - current - options.Turns.ChangeMargin), observation);
            if (sum.Value > options.Turns.ChangeThreshold && sum.Value > winning.Value)
                (winner, winning) = (model, sum);
        }

        var nobody = _evidence.Add(null, weight * (options.Turns.UnmatchedScore - best), observation);
        if (winner is not null)
        {
            Change(at, turn, winner, winning.Since!, Score(winner, observation));
        }
        else if (nobody.Value > options.Turns.NewSpeakerEvidence)
        {
            LookForNewSpeaker(at, turn, nobody.Since!);
        }
        else if (_evidence.IsClear)
        {
            if (_learner.Release(turn))
                Recognise(at);
            _learner.Hold(observation);
        }
        else
        {
            _learner.Discard();
        }
    }

    private void LookForNewSpeaker(long at, OpenTurn turn, Observation since)
    {
        var run = turn.Recent[Math.Max(0, turn.Recent.IndexOf(since))..];
        var (speech, probability) = frames.SpeechIn(run[0].Window.Centre, run[^1].Window.End);
        if (SampleClock.ToSeconds(speech) < options.Speakers.MinimumNewSpeakerSpeech)
            return;

        // The first window of the run still holds some of the previous voice.
        var candidate = new OpenTurn(0, 0, dimension);
        foreach (var observation in run.Count > 1 ? run[1..] : run)
            candidate.Add(observation);
        var (speaker, score) = Identify(at, candidate, null, speech, probability);
        if (speaker == turn.Speaker)
            _evidence.Clear();
        else
            Change(at, turn, speaker, since, score);
    }

    private void Change(long at, OpenTurn turn, SpeakerModel next, Observation since, double score)
    {
        var boundary = Boundary.Snap(frames, since.Window.Centre - (_hop / 2), _search);
        _evidence.Clear();
        _learner.Discard();
        if (boundary.End - turn.Start < _minimumTurn)
        {
            turn.Speaker!.AddSpeech(-turn.Attributed, turn.Probability);
            turn.Attributed = 0;
            Assign(at, turn, next, score);
            return;
        }

        var moved = Math.Min(turn.Speech, frames.SpeechIn(boundary.Start, frames.End).Samples);
        var taken = Math.Min(moved, turn.Attributed);
        turn.Speaker!.AddSpeech(-taken, turn.Probability);
        turn.Attributed -= taken;
        turn.Speaker.LastSeen = boundary.End;
        log.Ended(at, turn, boundary.End, TurnEndReason.SpeakerChange);

        _turn = new OpenTurn(NextId(), boundary.Start, dimension) { Speaker = next, Speech = moved };
        foreach (var observation in turn.Recent.Where(o => o.Window.Centre >= boundary.Start))
            _turn.Add(observation);
        Attribute(at, _turn);
        _turn.Label = LabelOf(_turn.Speaker, score);
        log.Started(at, _turn, frames.End);
    }

    private void Assign(long at, OpenTurn turn, SpeakerModel speaker, double score)
    {
        turn.Speaker = speaker;
        Attribute(at, turn);
        Relabel(at, turn, score);
    }

    private void Relabel(long at, OpenTurn turn, double score)
    {
        var label = LabelOf(turn.Speaker!, score);
        if (label.Id == turn.Label.Id && label.Decided == turn.Label.Decided)
            return;
        turn.Label = label;
        log.Updated(at, turn, frames.End);
    }

    // Counts the turn's new speech for its speaker, which may be what was missing for a name; true when it was.
    private bool Attribute(long at, OpenTurn turn)
    {
        var speaker = turn.Speaker!;
        speaker.AddSpeech(turn.Speech - turn.Attributed, turn.Probability);
        turn.Attributed = turn.Speech;
        speaker.LastSeen = frames.End;
        if (speakers.NameOrMerge(speaker) is not { } named)
            return false;
        turn.Speaker = named;
        log.ReviseUnnamed(at, speaker, named, LabelOf(named, ScoreOf(turn)));
        return true;
    }

    private double Score(SpeakerModel model, Observation observation) => speakers.Score(model, observation.Embedding, observation.Seconds);

    private double ScoreOf(OpenTurn turn) => speakers.Score(turn.Speaker!, turn.MeanEmbedding(), turn.Seconds);

    private SpeakerLabel LabelOf(SpeakerModel speaker, double score) =>
        speaker.Id == 0 ? SpeakerLabel.Unknown : new SpeakerLabel(speaker.Id, speakers.Confidence(score), true);
}
