using Diarizer.Streaming.Events;

namespace Diarizer.Mqtt.Contract;

/// <summary>
/// The turns that go on or ended in the last <see cref="Horizon"/> samples: enough to say who is active and who overlaps whom.
/// At most <see cref="Capacity"/> are kept.
/// </summary>
internal sealed class OpenTurns
{
    internal const int Capacity = 256;

    /// <summary>30 s at 16 kHz: no event begins further back than that, corrections included.</summary>
    internal const long Horizon = 30 * 16_000;

    private readonly List<TurnChanged> _turns = [];

    public int Count => _turns.Count;

    public IEnumerable<TurnChanged> Open => _turns.Where(t => t.EndReason is null);

    public void Take(TurnChanged turn)
    {
        Forget(turn.At);
        var at = _turns.FindIndex(t => t.TurnId == turn.TurnId);
        if (at >= 0)
            _turns[at] = turn;
        else if (turn.Kind != TurnEventKind.Revised)
            _turns.Add(turn);
    }

    /// <summary>Ids of the other known speakers whose turns share time with <paramref name="turn"/>.</summary>
    public IReadOnlyList<string> Overlapping(TurnChanged turn)
    {
        // The end of an open turn is only what is known so far: it reaches at least to where audio was taken in.
        var end = turn.EndReason is null ? Math.Max(turn.End, turn.At) : turn.End;
        return [.. _turns
            .Where(t => t.TurnId != turn.TurnId && !t.Speaker.IsUnknown && t.Speaker.Id != turn.Speaker.Id)
            .Where(t => t.Start < end && (t.EndReason is null || t.End > turn.Start))
            .Select(t => SpeakerMessage.IdOf(t.Speaker.Id))
            .Distinct()];
    }

    private void Forget(long now)
    {
        var oldest = Math.Min(now - Horizon, Open.Select(t => t.Start).DefaultIfEmpty(long.MaxValue).Min());
        _turns.RemoveAll(t => t.EndReason is not null && t.End <= oldest);
        if (_turns.Count >= Capacity)
            _turns.RemoveRange(0, _turns.Count - Capacity + 1);
    }
}
