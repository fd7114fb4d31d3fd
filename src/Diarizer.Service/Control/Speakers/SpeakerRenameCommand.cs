using Diarizer.Mqtt.Commands;
using Diarizer.Service.Identity;

namespace Diarizer.Service.Control.Speakers;

/// <summary><c>speaker/rename</c>: gives an enrolled person another name for good, or a speaker of the session one while it lasts.</summary>
public sealed class SpeakerRenameCommand(EnrolledPeople people, StreamDirectory streams)
    : Command<RenameRequest, SpeakerResult>("speaker/rename", SpeakerJson.Default.RenameRequest, SpeakerJson.Default.SpeakerResult)
{
    /// <inheritdoc/>
    protected override async Task<SpeakerResult> ExecuteAsync(RenameRequest data, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (people.Contents.Find(data.Speaker) is { } person)
        {
            var renamed = people.Registry.Rename(person.Number, SpeakerName.Check(data.Name));
            await people.RefreshAsync();
            return new(renamed.Id, renamed.Name, true);
        }

        var name = data.Name is null ? null : SpeakerName.Check(data.Name);
        if (name is not null && people.Contents.Find(name) is not null)
            throw new UserErrorException("Somebody who is enrolled has that name; if the speaker is that person, use speaker/merge.");
        return await streams.Find(data.Stream).EditSpeakersAsync(speakers =>
        {
            var (number, names) = (speakers.Find(data.Speaker).Id, speakers.Session.Names);
            if (name is not null && names.NumberOf(name) is { } other && other != number)
                throw new UserErrorException("Somebody else in the session has that name; if they are one, use speaker/merge.");
            names.Set(number, name);
            speakers.Editor.Retell(number);
            return SpeakerResult.Of(number, names);
        }).WaitAsync(cancellationToken);
    }
}
