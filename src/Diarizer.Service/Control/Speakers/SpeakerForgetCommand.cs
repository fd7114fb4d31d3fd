using Diarizer.Mqtt.Commands;
using Diarizer.Mqtt.Contract;
using Diarizer.Service.Identity;

namespace Diarizer.Service.Control.Speakers;

/// <summary><c>speaker/forget</c>: erases an enrolled person everywhere, or a speaker of the session from it.</summary>
public sealed class SpeakerForgetCommand(EnrolledPeople people, StreamDirectory streams)
    : Command<SpeakerRequest, ForgetResult>("speaker/forget", SpeakerJson.Default.SpeakerRequest, SpeakerJson.Default.ForgetResult)
{
    /// <inheritdoc/>
    protected override async Task<ForgetResult> ExecuteAsync(SpeakerRequest data, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (people.Contents.Find(data.Speaker) is { } person)
        {
            people.Registry.Forget(person.Number);
            await people.RefreshAsync();
            return new(person.Id, true);
        }

        // Ids of people who cannot be read with this key are forgotten all the same.
        if (SpeakerName.NumberOf(data.Speaker) is < 0 and var number && people.Registry.Forget(-number))
            return new(SpeakerMessage.IdOf(number), true);
        return await streams.Find(data.Stream).EditSpeakersAsync(speakers =>
        {
            var heard = speakers.Find(data.Speaker).Id;
            speakers.Session.Names.Set(heard, null);
            speakers.Editor.Forget(heard);
            return new ForgetResult(SpeakerMessage.IdOf(heard), false);
        }).WaitAsync(cancellationToken);
    }
}
