using Diarizer.Mqtt.Commands;
using Diarizer.Service.Identity;

namespace Diarizer.Service.Control.Speakers;

/// <summary><c>speaker/export</c>: what is stored about an enrolled person, without the voiceprint: that never goes over MQTT.</summary>
public sealed class SpeakerExportCommand(EnrolledPeople people)
    : Command<SpeakerRequest, ProfileExport>("speaker/export", SpeakerJson.Default.SpeakerRequest, SpeakerJson.Default.ProfileExport)
{
    /// <inheritdoc/>
    protected override Task<ProfileExport> ExecuteAsync(SpeakerRequest data, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        _ = people.Registry;
        return people.Contents.Find(data.Speaker) is { } person
            ? Task.FromResult(ProfileExport.Of(person, people.Model))
            : throw new UserErrorException("Nobody of that name or id is enrolled; speaker/list says who is.");
    }
}
