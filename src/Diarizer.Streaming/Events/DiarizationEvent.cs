namespace Diarizer.Streaming.Events;

/// <summary>Something that the core decided. All times are samples on the capture clock (16 kHz).</summary>
/// <param name="At">The sample up to which audio had been taken in when this was decided; <c>At</c> minus the event's own time is the algorithm's latency.</param>
public abstract record DiarizationEvent(long At);

/// <summary>Speech began at <paramref name="Start"/>.</summary>
public sealed record SpeechStarted(long At, long Start) : DiarizationEvent(At);

/// <summary>Speech that began at <paramref name="Start"/> ended at <paramref name="End"/>.</summary>
public sealed record SpeechEnded(long At, long Start, long End) : DiarizationEvent(At);

/// <summary>Audio was lost: the clock advanced by <paramref name="Length"/> samples at <paramref name="Start"/>.</summary>
public sealed record AudioGap(long At, long Start, long Length) : DiarizationEvent(At);

/// <summary>
/// A turn began, changed or ended; consumers keep the highest revision of each turn id. A correction may tell of turns that nobody heard live: their first event is a
/// revision, number 0.
/// </summary>
/// <param name="At">See <see cref="DiarizationEvent"/>.</param>
/// <param name="Kind">What happened.</param>
/// <param name="TurnId">Number of the turn within the session, from 1.</param>
/// <param name="Revision">0 when the turn starts, one more with each later event of it.</param>
/// <param name="Speaker">Who speaks.</param>
/// <param name="Start">First sample.</param>
/// <param name="End">Sample after the last one known to belong to it.</param>
/// <param name="EndReason">Why it ended; null until it has.</param>
public sealed record TurnChanged(long At, TurnEventKind Kind, int TurnId, int Revision, SpeakerLabel Speaker, long Start, long End, TurnEndReason? EndReason)
    : DiarizationEvent(At)
{
    /// <summary>True when a correction took the turn back: it ends where it begins, and there is none.</summary>
    public bool IsWithdrawn => Kind == TurnEventKind.Revised && End <= Start;
}

/// <summary>A speaker has another number from now on; the turns that are revised follow.</summary>
/// <param name="At">See <see cref="DiarizationEvent"/>.</param>
/// <param name="From">Number that is no longer in use.</param>
/// <param name="To">Number in its place; 0 when nobody took it. See <see cref="SpeakerLabel.Id"/>.</param>
/// <param name="Reason">Why.</param>
public sealed record SpeakerRenumbered(long At, int From, int To, RenumberingReason Reason) : DiarizationEvent(At);

/// <summary>Why a speaker has another number.</summary>
public enum RenumberingReason
{
    /// <summary>Two speakers turned out to be one, or somebody said so.</summary>
    Merged,

    /// <summary>A speaker of the session was recognised as an enrolled person.</summary>
    Recognised,

    /// <summary>A speaker is no longer taken for the enrolled person, or the person was forgotten.</summary>
    Anonymised,

    /// <summary>A speaker of the session was forgotten.</summary>
    Forgotten,
}

/// <summary>What happened to a turn.</summary>
public enum TurnEventKind
{
    /// <summary>It began.</summary>
    Started,

    /// <summary>Its speaker or extent changed while it goes on.</summary>
    Updated,

    /// <summary>It ended.</summary>
    Ended,

    /// <summary>It was corrected after its end.</summary>
    Revised,
}

/// <summary>Why a turn ended.</summary>
public enum TurnEndReason
{
    /// <summary>Silence followed.</summary>
    Silence,

    /// <summary>Another speaker took over.</summary>
    SpeakerChange,

    /// <summary>Audio was lost.</summary>
    Gap,

    /// <summary>The session or the input ended.</summary>
    SessionEnd,
}
