using Diarizer.Audio;
using Diarizer.Streaming.Corrections;
using Diarizer.Streaming.Events;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming.Turns;

// What the session's correction changes: turns, and what the speakers remember.
internal sealed partial class TurnTracker
{
    private readonly SessionCorrector _corrector = new(options);
    private readonly WindowHistory _history = new(options.Corrections.WindowsAtEnd);
    private readonly long _correctionInterval = SampleClock.FromSeconds(options.Corrections.Interval);
    private long _correctedAt;
    private long _correctedTurns;

    /// <summary>Corrects the ended turns when that is due: between two turns, once enough time has gone by and something was said.</summary>
    public void CorrectWhenDue(long at)
    {
        if (!IsOpen && _correctionInterval > 0 && at - _correctedAt >= _correctionInterval && log.Count > _correctedTurns)
            Correct(at, options.Corrections.Windows);
    }

    /// <summary>Corrects the turns of a session that is over, where that is wanted.</summary>
    public void CorrectAtEnd(long at)
    {
        if (options.Corrections.AtEnd)
            Correct(at, options.Corrections.WindowsAtEnd);
    }

    // Clusters the last windows anew and revises the ended turns by it.
    private void Correct(long at, int windows)
    {
        (_correctedAt, _correctedTurns) = (at, log.Count);
        var heard = _history.Last(windows);
        if (heard.Count < 2)
            return;
        var turns = log.Since(heard[0].Window.Start);
        var correction = _corrector.Correct(heard, turns);
        var successors = new Dictionary<(SpeakerModel From, SpeakerModel To), long>();
        var voices = new Dictionary<int, SpeakerModel?>();
        foreach (var (turn, pieces) in correction.Turns.Where(c => !c.Turn.IsCertain))
        {
            foreach (var piece in pieces.Reverse())
            {
                var (before, label) = (turn.Speaker, turn.Last.Speaker);
                if (!voices.TryGetValue(piece.Voice, out var speaker))
                    voices[piece.Voice] = speaker = SpeakerOf(at, piece.Voice, correction);
                if (speaker is not null && speaker.Id != label.Id)
                    label = new SpeakerLabel(speaker.Id, options.Corrections.Confidence, true);
                else
                    speaker = before;

                // Parts are cut off from behind; what is left of the turn keeps its number.
                var part = piece.Start > turn.Last.Start ? log.CutOff(turn, NextId(), piece.Start) : turn;
                if (part == turn && label == turn.Last.Speaker && !turn.IsCut)
                    continue;
                if (speaker != before && speaker is not null)
                {
                    Relearn(part, before, speaker, heard);
                    if (before is not null)
                        successors[(before, speaker)] = successors.GetValueOrDefault((before, speaker)) + piece.Length;
                }

                log.Revise(at, part, speaker, label);
            }
        }

        foreach (var gone in successors.Keys.Select(s => s.From).Distinct().ToList())
            Succeed(at, gone, successors.Where(s => s.Key.From == gone).MaxBy(s => s.Value).Key.To, turns, correction);
    }

    private SpeakerModel? SpeakerOf(long at, int voice, SessionCorrection correction)
    {
        if (correction.Speakers.TryGetValue(voice, out int id))
            return speakers.Find(id);
        if (!correction.NewVoices.Contains(voice))
            return null;
        var missed = speakers.Create(at, double.NegativeInfinity);
        missed.Id = speakers.NewId();
        return missed;
    }

    // What was learned from the part of a turn is the other speaker's.
    private void Relearn(EndedTurn part, SpeakerModel? before, SpeakerModel after, IReadOnlyList<Observation> heard)
    {
        before?.AddSpeech(-part.Speech, part.Probability);
        after.AddSpeech(part.Speech, part.Probability);
        after.LastSeen = Math.Max(after.LastSeen, part.Last.End);
        foreach (var window in heard.Where(w => w.Window.Centre >= part.Last.Start && w.Window.Centre < part.Last.End))
        {
            before?.Remove(e => ReferenceEquals(e.Embedding, window.Embedding));
            if (window.Seconds >= options.Speakers.MinimumExemplarSpeech)
                after.Add(new Exemplar(window.Embedding, window.Quality, part.Last.TurnId));
        }
    }

    // A speaker who was somebody else all along is no more; turns too short for a window of their own go along.
    private void Succeed(long at, SpeakerModel gone, SpeakerModel successor, IReadOnlyList<EndedTurn> turns, SessionCorrection correction)
    {
        var left = log.Of(gone);
        if (left.Any(t => !turns.Contains(t) || correction.Turns.Any(c => c.Turn == t)))
            return;
        foreach (var turn in left)
            log.Revise(at, turn, turn.Speaker is null ? null : successor, turn.Last.Speaker.IsUnknown ? turn.Last.Speaker : turn.Last.Speaker with { Id = successor.Id });
        _merges.RemoveAll(m => m.Into == gone || m.From == gone);
        speakers.Remove(gone);
        Replace(gone, successor);
        if (gone.Id != 0)
            log.Renumbered(new SpeakerRenumbered(at, gone.Id, successor.Id, RenumberingReason.Merged));
    }
}
