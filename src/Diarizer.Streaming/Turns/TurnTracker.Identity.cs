using Diarizer.Streaming.Events;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming.Turns;

// Speakers whose identity changes: recognised late, given up, merged and split by command.
internal sealed partial class TurnTracker
{
    private const int MergesKept = 8;

    private readonly List<SpeakerMerge> _merges = [];

    /// <summary>Two speakers are one from now on.</summary>
    public void Merge(long at, SpeakerModel from, SpeakerModel into)
    {
        var ended = log.Of(from);
        if (_merges.Count == MergesKept)
            _merges.RemoveAt(0);
        HashSet<int> turns = [.. ended.Select(t => t.Last.TurnId)];
        if (_turn?.Speaker == from)
            turns.Add(_turn.Id);
        Certify(from, into);
        _merges.Add(new SpeakerMerge(from, into, [.. from.Exemplars], turns));
        into.Absorb(from);
        speakers.Dismiss(from);
        Replace(from, into);
        Renumber(at, from.Id, into, RenumberingReason.Merged, ended);
    }

    /// <summary>Takes the last merge into a speaker back.</summary>
    /// <returns>The speaker who is there again; null when there was no merge.</returns>
    public SpeakerModel? UndoMerge(long at, SpeakerModel into)
    {
        if (_merges.FindLast(m => m.Into == into) is not { } merge)
            return null;
        _merges.Remove(merge);
        into.Remove(e => merge.Exemplars.Any(given => ReferenceEquals(given.Embedding, e.Embedding)));
        into.AddSpeech(-merge.From.Speech, merge.From.Probability);
        speakers.Add(merge.From);
        Certify(into);
        MoveTurns(at, into, merge.From, merge.Turns);
        // Who was never heard but by that merge can be recognised in somebody else.
        if (into is { Id: < 0, Speech: 0 })
            speakers.Remove(into);
        return merge.From;
    }

    /// <summary>Some turns of a speaker were somebody else's, who gets a number.</summary>
    /// <returns>The new speaker; null when none of the turns is the speaker's, or all are too long ago.</returns>
    public SpeakerModel? Split(long at, SpeakerModel speaker, IReadOnlySet<int> turns)
    {
        var ended = log.Of(speaker).Where(t => turns.Contains(t.Last.TurnId)).ToList();
        var open = _turn?.Speaker == speaker && turns.Contains(_turn.Id) ? _turn : null;
        if (ended.Count == 0 && open is null)
            return null;
        var separate = speakers.Create(at, double.NegativeInfinity);
        separate.Id = speakers.NewId();
        foreach (var exemplar in speaker.Exemplars.Where(e => turns.Contains(e.Turn)))
            separate.Add(exemplar);
        speaker.Remove(e => turns.Contains(e.Turn));
        foreach (var turn in ended)
            Transfer(speaker, separate, turn.Speech, turn.Probability);
        if (open is not null)
            Transfer(speaker, separate, open.Attributed, open.Probability);
        separate.LastSeen = open is not null ? frames.End : ended[^1].Last.End;
        Certify(speaker);
        MoveTurns(at, speaker, separate, turns);
        return separate;
    }

    /// <summary>Tells the turns of a speaker again: something about the speaker is different.</summary>
    public void Retell(long at, SpeakerModel speaker) => Retell(at, speaker.Id, speaker, log.Of(speaker));

    /// <summary>An enrolled person becomes a speaker of the session.</summary>
    public void Anonymise(long at, SpeakerModel speaker)
    {
        var (before, turns) = (speaker.Id, log.Of(speaker));
        speakers.Anonymise(speaker);
        Renumber(at, before, speaker, RenumberingReason.Anonymised, turns);
    }

    /// <summary>A speaker of the session gets the number of an enrolled person.</summary>
    public void Identify(long at, SpeakerModel speaker, int person)
    {
        var (before, turns) = (speaker.Id, log.Of(speaker));
        speaker.Id = person;
        Renumber(at, before, speaker, RenumberingReason.Recognised, turns);
    }

    /// <summary>More is known than before: some speakers prove to be enrolled people, others prove not to be.</summary>
    public void Recognise(long at)
    {
        var people = speakers.Recognise();
        foreach (var speaker in speakers.Models.Where(s => s.Id < 0 && people.GetValueOrDefault(s) != s.Id).ToList())
            Anonymise(at, speaker);
        foreach (var (speaker, person) in people.Where(p => p.Key.Id != p.Value))
            Identify(at, speaker, person);
    }

    /// <summary>Takes back the guess that a turn may be the speaker's: whoever was never certain to be heard is told of no more.</summary>
    public void ForgetGuesses(long at, int id)
    {
        foreach (var turn in log.Guessed(id))
            log.Revise(at, turn, null, SpeakerLabel.Unknown);
        if (_turn is not { Speaker: null } open || open.Label.Id != id)
            return;
        open.Label = SpeakerLabel.Unknown;
        log.Updated(at, open, frames.End);
    }

    /// <summary>Forgets a speaker and everything that was heard of them; their turns are nobody's.</summary>
    public void Forget(long at, SpeakerModel speaker)
    {
        var turns = log.Of(speaker);
        _merges.RemoveAll(m => m.Into == speaker || m.From == speaker);
        foreach (var turn in turns)
            _history.Remove(turn.Last.Start, turn.Last.End);
        if (_turn?.Speaker == speaker)
            _history.Remove(_turn.Start, long.MaxValue);
        speakers.Remove(speaker);
        _evidence.Clear();
        _learner.Discard();
        log.Renumbered(new SpeakerRenumbered(at, speaker.Id, 0, RenumberingReason.Forgotten));
        foreach (var turn in turns)
        {
            // A correction would take them for somebody who talks beside them.
            turn.IsCertain = true;
            log.Revise(at, turn, null, SpeakerLabel.Unknown);
        }

        if (_lastSpeaker == speaker)
            _lastSpeaker = null;
        if (_turn is not { } open || open.Speaker != speaker)
            return;
        (open.Speaker, open.Attributed, open.Label) = (null, 0, SpeakerLabel.Unknown);
        log.Updated(at, open, frames.End);
    }

    // Of the first windows after a pause it is enough that they speak for nobody else; who is enrolled must be resembled, too, all through the turn.
    private void Confirm(long at, OpenTurn turn)
    {
        if (MayBeTheirs(turn))
        {
            if (!turn.Label.Decided && _evidence.IsClear)
                Relabel(at, turn, ScoreOf(turn));
        }
        else if (turn.Speech >= _decideAfter)
        {
            Disown(turn);
            Decide(at, turn);
        }
    }

    private bool MayBeTheirs(OpenTurn turn) => turn.IsCertain || speakers.MayBe(turn.Speaker!, turn.MeanEmbedding());

    private void Disown(OpenTurn turn)
    {
        turn.Speaker!.AddSpeech(-turn.Attributed, turn.Probability);
        turn.Speaker.Remove(e => e.Turn == turn.Id);
        (turn.Speaker, turn.Attributed) = (null, 0);
        _evidence.Clear();
        _learner.Discard();
    }

    private void Renumber(long at, int before, SpeakerModel speaker, RenumberingReason reason, IReadOnlyList<EndedTurn> turns)
    {
        log.Renumbered(new SpeakerRenumbered(at, before, speaker.Id, reason));
        Retell(at, before, speaker, turns);
    }

    private void Retell(long at, int before, SpeakerModel speaker, IReadOnlyList<EndedTurn> turns)
    {
        foreach (var turn in turns)
        {
            if (turn.Last.Speaker.IsUnknown)
                turn.Speaker = speaker;
            else
                log.Revise(at, turn, turn.Speaker is null ? null : speaker, turn.Last.Speaker with { Id = speaker.Id });
        }

        // A turn may only be guessed to be the speaker's.
        if (_turn is { } open && (open.Speaker == speaker || open.Speaker is null) && open.Label.Id == before && before != 0)
        {
            open.Label = open.Label with { Id = speaker.Id };
            log.Updated(at, open, frames.End);
        }
    }

    private void MoveTurns(long at, SpeakerModel from, SpeakerModel to, IReadOnlySet<int> turns)
    {
        foreach (var turn in log.Of(from).Where(t => turns.Contains(t.Last.TurnId)))
            log.Revise(at, turn, to, turn.Last.Speaker with { Id = to.Id });
        if (_turn?.Speaker != from || !turns.Contains(_turn.Id))
            return;
        Replace(from, to);
        _turn.Label = _turn.Label with { Id = to.Id };
        log.Updated(at, _turn, frames.End);
    }

    // A command says whose the turns are: corrections keep to it.
    private void Certify(params ReadOnlySpan<SpeakerModel> told)
    {
        foreach (var speaker in told)
        {
            foreach (var turn in log.Of(speaker))
                turn.IsCertain = true;
            if (_turn?.Speaker == speaker)
                _turn.IsCertain = true;
        }
    }

    private void Replace(SpeakerModel from, SpeakerModel to)
    {
        _evidence.Clear();
        _learner.Discard();
        if (_turn?.Speaker == from)
            _turn.Speaker = to;
        if (_lastSpeaker == from)
            _lastSpeaker = to;
    }

    private static void Transfer(SpeakerModel from, SpeakerModel to, long speech, double probability)
    {
        from.AddSpeech(-speech, probability);
        to.AddSpeech(speech, probability);
    }
}
