using Diarizer.Audio;
using Diarizer.Streaming.Events;
using Diarizer.Streaming.Scoring;

namespace Diarizer.Streaming.Turns;

/// <summary>Collects turn events into the final record of who spoke when: the highest revision of each turn.</summary>
/// <remarks>
/// A turn that stayed unknown is written under <see cref="UnknownSpeaker"/>: its speech was heard, but naming somebody would claim what
/// was not decided. All unknown turns of a recording share that name.
/// </remarks>
public sealed class TurnTimeline
{
    /// <summary>Name of the speaker of turns that nobody was found for.</summary>
    public const string UnknownSpeaker = "unknown";

    private readonly SortedDictionary<int, TurnChanged> _turns = [];

    /// <summary>The latest state of each turn, by turn id.</summary>
    public IReadOnlyCollection<TurnChanged> Turns => _turns.Values;

    /// <summary>Takes an event; those that are not about turns are passed over, and so are outdated revisions.</summary>
    public void Add(DiarizationEvent diarizationEvent)
    {
        if (diarizationEvent is TurnChanged turn && (!_turns.TryGetValue(turn.TurnId, out var known) || turn.Revision > known.Revision))
            _turns[turn.TurnId] = turn;
    }

    /// <summary>The turns as segments, by start; what one speaker says with only short pauses is one segment.</summary>
    /// <param name="recording">Name of the recording.</param>
    /// <param name="longestPause">Seconds between two turns of the same speaker up to which they are joined, if nobody else speaks between them.</param>
    /// <param name="nameOf">Names of speakers by number; null, or a null name, for the number alone.</param>
    public IReadOnlyList<SpeakerSegment> ToSegments(string recording, double longestPause = 0.5, Func<int, string?>? nameOf = null)
    {
        var segments = new List<SpeakerSegment>();
        foreach (var turn in _turns.Values.Where(t => t.End > t.Start).OrderBy(t => t.Start).ThenBy(t => t.TurnId))
        {
            var segment = new SpeakerSegment(recording, Name(turn.Speaker, nameOf), SampleClock.ToSeconds(turn.Start), SampleClock.ToSeconds(turn.End));
            if (segments.Count > 0 && segments[^1] is var last && last.Speaker == segment.Speaker && segment.Start - last.End <= longestPause + 1e-9)
                segments[^1] = last with { End = Math.Max(last.End, segment.End) };
            else
                segments.Add(segment);
        }

        return segments;
    }

    private static string Name(SpeakerLabel speaker, Func<int, string?>? nameOf) =>
        speaker.IsUnknown ? UnknownSpeaker : nameOf?.Invoke(speaker.Id) ?? (speaker.Id > 0 ? $"S{speaker.Id}" : $"P{-speaker.Id}");
}
