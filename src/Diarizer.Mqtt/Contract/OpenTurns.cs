using Diarizer.Streaming.Events;

namespace Diarizer.Mqtt.Contract;

/// <summary>The turns that go on and the last that ended, corrections included: enough to say who is active and who overlaps whom. At most <see cref="Capacity"/> are kept.</summary>
internal sealed class OpenTurns
{
    /// <summary>As many as the core still revises.</summary>
    internal const int Capacity = 1_024;

    private readonly List<TurnChanged> _turns = [];

    public int Count => _turns.Count;

    public IEnumerable<TurnChanged> Open => _turns.Where(t => t.EndReason is null);

    public void Take(TurnChanged turn)
    {
        var at = _turns.FindIndex(t => t.TurnId == turn.TurnId);
        if (at >= 0 && turn.IsWithdrawn)
            _turns.RemoveAt(at);
        else if (at >= 0)
            _turns[at] = turn;
        else if (turn.Kind != TurnEventKind.Revised || turn is { Revision: 0, IsWithdrawn: false })
            Add(turn);
    }

    /// <summary>Ids of the other known speakers whose turns share time with <paramref name="turn"/>.</summary>
    public IReadOnlyList<string> Overlapping(TurnChanged turn)
    {
        if (turn.IsWithdrawn)
            return [];

        // The end of an open turn is only what is known so far: it reaches at least to where audio was taken in.
        var end = turn.EndReason is null ? Math.Max(turn.End, turn.At) : turn.End;
        return [.. _turns
            .Where(t => t.TurnId != turn.TurnId && !t.Speaker.IsUnknown && t.Speaker.Id != turn.Speaker.Id)
            .Where(t => t.Start < end && (t.EndReason is null || t.End > turn.Start))
            .Select(t => SpeakerMessage.IdOf(t.Speaker.Id))
            .Distinct()];
    }

    private void Add(TurnChanged turn)
    {
        if (_turns.Count == Capacity)
            _turns.RemoveAt(0);
        _turns.Add(turn);
    }
}
