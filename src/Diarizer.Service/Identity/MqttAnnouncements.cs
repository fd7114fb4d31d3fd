using Diarizer.Mqtt.Contract;
using Diarizer.Mqtt.Publishing;

namespace Diarizer.Service.Identity;

/// <summary>Tells subscribers of changes in who is enrolled, by id and never by name.</summary>
/// <param name="publisher">Takes the messages.</param>
/// <param name="time">Clock.</param>
public sealed class MqttAnnouncements(MqttPublisher publisher, TimeProvider time) : IEnrolmentAnnouncements
{
    private string _told = "";

    /// <inheritdoc/>
    public void Erased(string id, bool consentEnded) => Tell(
        consentEnded ? NodeEventType.ConsentEnded : NodeEventType.SpeakerForgotten,
        consentEnded ? $"The consent of {id} has ended; the voiceprint was erased." : $"{id} was forgotten: the voiceprint was erased.",
        id);

    /// <inheritdoc/>
    public void Changed(IReadOnlyList<string> degraded)
    {
        ArgumentNullException.ThrowIfNull(degraded);
        var text = string.Join(" ", degraded);
        if (text != _told && text.Length > 0)
            Tell(NodeEventType.EnrolmentNeeded, text, null);
        _told = text;
    }

    /// <inheritdoc/>
    public Task EraseAsync(SpeakerRedaction redaction)
    {
        ArgumentNullException.ThrowIfNull(redaction);
        // Sessions that run publish anew by themselves; what is retained of those that have ended is changed here.
        publisher.RewriteRetained((_, payload) => redaction.Redact(payload));
        return publisher.RewriteOutboxAsync((_, payload) => redaction.Redact(payload));
    }

    /// <inheritdoc/>
    public void Renamed(string id, string name) => publisher.RewriteRetained((_, payload) => SpeakerRedaction.Rename(payload, id, name));

    private void Tell(NodeEventType kind, string message, string? speaker) => publisher.Publish(Messages.Event(
        publisher.Topics, new EventMessage { EventType = kind, At = time.GetUtcNow(), Message = message, Speaker = speaker }));
}
