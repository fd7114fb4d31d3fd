using Diarizer.Mqtt.Commands;
using Diarizer.Service.Identity;

namespace Diarizer.Service.Control.Speakers;

/// <summary><c>speaker/list</c>: who is enrolled.</summary>
public sealed class SpeakerListCommand(EnrolledPeople people)
    : Command<EmptyRequest, SpeakerList>("speaker/list", ControlJson.Default.EmptyRequest, SpeakerJson.Default.SpeakerList)
{
    /// <inheritdoc/>
    protected override Task<SpeakerList> ExecuteAsync(EmptyRequest data, CancellationToken cancellationToken)
    {
        _ = people.Registry;
        return Task.FromResult(new SpeakerList([.. people.Contents.People.Select(p => ProfileExport.Of(p, people.Model))]));
    }
}
