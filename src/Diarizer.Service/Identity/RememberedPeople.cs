using Diarizer.Mqtt.Contract;
using Diarizer.Service.Control;

namespace Diarizer.Service.Identity;

/// <summary>Takes those who were erased out of what the daemon remembers, before anybody else hears of it.</summary>
/// <param name="history">What is remembered of sessions.</param>
/// <param name="next">Hears of everything, too.</param>
public sealed class RememberedPeople(TurnHistory history, IEnrolmentAnnouncements next) : IEnrolmentAnnouncements
{
    /// <inheritdoc/>
    public void Erased(string id, bool consentEnded)
    {
        if (SpeakerName.NumberOf(id) is { } number)
            history.Erase(number);
        next.Erased(id, consentEnded);
    }

    /// <inheritdoc/>
    public void Changed(IReadOnlyList<string> degraded) => next.Changed(degraded);

    /// <inheritdoc/>
    public void Renamed(string id, string name)
    {
        if (SpeakerName.NumberOf(id) is { } number)
            history.Rename(number, name);
        next.Renamed(id, name);
    }

    /// <inheritdoc/>
    public Task EraseAsync(SpeakerRedaction redaction) => next.EraseAsync(redaction);
}
