using Diarizer.Audio;
using Diarizer.Streaming.Corrections;
using Diarizer.Streaming.Events;
using Diarizer.Streaming.LocalSpeakers;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming.Turns;

// What the session's correction changes: turns, and what the speakers remember.
internal sealed partial class TurnTracker
{
    private readonly SessionCorrector _corrector = new(options, space);
    private readonly WindowHistory _history = new(options.Corrections.WindowsAtEnd);
    private readonly long _correctionInterval = SampleClock.FromSeconds(options.Corrections.Interval);
    private readonly long _tolerance = SampleClock.FromSeconds(options.Corrections.Tolerance);
    private readonly long _shortestPart = SampleClock.FromSeconds(options.Corrections.ShortestPart);
    private long _correctedAt;
    private long _correctedTurns;

    /// <summary>Corrects the ended turns when that is due: between two turns, once enough time has gone by and something was said.</summary>
    public void CorrectWhenDue(long at)
    {
        if (!IsOpen && _correctionInterval > 0 && _history.Count >= options.Corrections.FirstAfter && at - _correctedAt >= _correctionInterval && log.Count > _correctedTurns)
            Correct(at, options.Corrections.Windows);
    }

    /// <summary>Corrects the turns of a session that is over, where that is wanted.</summary>
    public void CorrectAtEnd(long at)
    {
        if (options.Corrections.AtEnd)
            Correct(at, options.Corrections.WindowsAtEnd);
    }

    // Clusters the session's windows anew and revises the ended turns by it.
    private void Correct(long at, int windows)
    {
        (_correctedAt, _correctedTurns) = (at, log.Count);
        var heard = _history.All;
        if (heard.Count < 2)
            return;
        long from = log.EndBefore(Math.Max(_history.DetailedFrom, activity?.ForgottenUntil ?? 0));
        var turns = log.Turns;
        var listened = activity?.Since(from) ?? [];
        var correction = _corrector.Correct(from, heard, turns, listened, windows);
        _history.Tell(correction.Voices);
        var matching = TurnMatching.Of(correction.Segments, [.. turns.Where(t => t.Last.Start >= from)], _shortestPart);
        var successors = new Dictionary<(SpeakerModel From, SpeakerModel To), long>();
        var voices = new Dictionary<int, SpeakerModel?>();
        foreach (var (segment, turn) in correction.Earlier.Where(e => !e.Turn.IsCertain).Select(e => (e.Segment, (EndedTurn?)e.Turn)).Concat(matching.Told))
        {
            if (!voices.TryGetValue(segment.Voice, out var speaker))
                voices[segment.Voice] = speaker = SpeakerOf(at, segment.Voice, correction);
            if (turn is null)
                Insert(at, segment, speaker, heard, correction.Voices);
            else
                Move(at, turn, segment, speaker, heard, correction.Voices, successors);
        }

        // Without the segmentation network nothing says that nobody talked: turns too short for a window of their own stay.
        IReadOnlyList<EndedTurn> withdrawn = listened.Count > 0 ? matching.Withdrawn : [];
        EndedTurn[] unheard = [.. turns.Where(t => t.Last.Start < from).Except(correction.Earlier.Select(e => e.Turn)), .. listened.Count > 0 ? [] : matching.Withdrawn];
        SpeakerModel[] lost = [.. withdrawn.Select(t => t.Speaker).OfType<SpeakerModel>().Distinct()];
        foreach (var turn in withdrawn)
            Withdraw(at, turn, matching, successors, voices);
        foreach (var gone in successors.Keys.Select(s => s.From).Distinct().ToList())
            Succeed(at, gone, successors.Where(s => s.Key.From == gone).MaxBy(s => s.Value).Key.To, unheard);
        foreach (var nobody in lost.Where(s => s.Speech == 0 && successors.Keys.All(k => k.From != s && k.To != s) && log.Of(s).Count == 0))
            Lose(at, nobody);
        // What was heard of each speaker is not what it was.
        Recognise(at);
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

    // A turn becomes a segment; small differences of extent are not worth telling.
    private void Move(
        long at, EndedTurn turn, VoiceSegment segment, SpeakerModel? speaker, IReadOnlyList<Observation> heard, IReadOnlyList<int> voices, Dictionary<(SpeakerModel From, SpeakerModel To), long> successors)
    {
        var (before, label) = (turn.Speaker, turn.Last.Speaker);
        if (speaker is not null && speaker.Id != label.Id)
            label = new SpeakerLabel(speaker.Id, options.Corrections.Confidence, true);
        else
            speaker = before;
        bool moved = Math.Abs(turn.Last.Start - segment.Start) > _tolerance || Math.Abs(turn.Last.End - segment.End) > _tolerance;
        if (!moved && label == turn.Last.Speaker)
            return;
        before?.AddSpeech(-turn.Speech, turn.Probability);
        if (moved)
            turn.Speech = segment.Length;
        speaker?.AddSpeech(turn.Speech, turn.Probability);
        if (speaker != before && speaker is not null)
        {
            Relearn(segment, turn.Last.TurnId, speaker, heard, voices);
            if (before is not null)
                successors[(before, speaker)] = successors.GetValueOrDefault((before, speaker)) + segment.Length;
        }

        if (moved)
            log.Revise(at, turn, speaker, label, segment.Start, segment.End);
        else
            log.Revise(at, turn, speaker, label);
    }

    // A segment of its own: somebody else inside a turn, or beside it.
    private void Insert(long at, VoiceSegment segment, SpeakerModel? speaker, IReadOnlyList<Observation> heard, IReadOnlyList<int> voices)
    {
        if (speaker is null)
            return;
        int id = NextId();
        var turn = log.Insert(at, id, speaker, new SpeakerLabel(speaker.Id, options.Corrections.Confidence, true), segment.Start, segment.End);
        speaker.AddSpeech(turn.Speech, turn.Probability);
        Relearn(segment, id, speaker, heard, voices);
    }

    // Nobody talks where a turn was told of, or it is part of another one now; the speaker's time falls to whom the segments there name.
    private void Withdraw(
        long at, EndedTurn turn, TurnMatching matching, Dictionary<(SpeakerModel From, SpeakerModel To), long> successors, Dictionary<int, SpeakerModel?> voices)
    {
        if (turn.Speaker is { } before)
        {
            before.AddSpeech(-turn.Speech, turn.Probability);
            foreach (var (segment, _) in matching.Told.Where(t => t.Segment.Common(turn.Last.Start, turn.Last.End) > 0))
            {
                if (voices[segment.Voice] is { } after && after != before)
                    successors[(before, after)] = successors.GetValueOrDefault((before, after)) + segment.Common(turn.Last.Start, turn.Last.End);
            }
        }

        log.Revise(at, turn, null, SpeakerLabel.Unknown, turn.Last.Start, turn.Last.Start);
    }

    // What was learned from a stretch is the speaker's, and nobody else's.
    private void Relearn(VoiceSegment segment, int turn, SpeakerModel speaker, IReadOnlyList<Observation> heard, IReadOnlyList<int> voices)
    {
        speaker.LastSeen = Math.Max(speaker.LastSeen, segment.End);
        for (int i = 0; i < heard.Count; i++)
        {
            var window = heard[i];
            if (voices[i] != segment.Voice || window.Window.Centre < segment.Start || window.Window.Centre >= segment.End)
                continue;
            foreach (var model in speakers.Models)
                model.Remove(e => ReferenceEquals(e.Embedding, window.Embedding) || (window.Condensed is not null && e.Turn == turn));
            if (window.Condensed is null && window.Seconds >= options.Speakers.MinimumExemplarSpeech)
                speaker.Add(new Exemplar(window.Embedding, window.Quality, turn));
        }
    }

    // A speaker who was somebody else all along is no more; turns that nothing is known of go along.
    private void Succeed(long at, SpeakerModel gone, SpeakerModel successor, IReadOnlyList<EndedTurn> unheard)
    {
        var left = log.Of(gone);
        if (left.Any(t => !unheard.Contains(t)))
            return;
        _merges.RemoveAll(m => m.Into == gone || m.From == gone);
        speakers.Remove(gone);
        Replace(gone, successor);
        if (gone.Id != 0)
            Renumber(at, gone.Id, successor, RenumberingReason.Merged, left);
    }

    // A speaker all of whose turns were withdrawn was nobody.
    private void Lose(long at, SpeakerModel nobody)
    {
        _merges.RemoveAll(m => m.Into == nobody || m.From == nobody);
        speakers.Remove(nobody);
        _evidence.Clear();
        _learner.Discard();
        if (_lastSpeaker == nobody)
            _lastSpeaker = null;
        if (nobody.Id != 0)
            log.Renumbered(new SpeakerRenumbered(at, nobody.Id, 0, RenumberingReason.Forgotten));
    }
}
