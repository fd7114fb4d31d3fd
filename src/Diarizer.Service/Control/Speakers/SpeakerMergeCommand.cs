using Diarizer.Mqtt.Commands;
using Diarizer.Service.Identity;

namespace Diarizer.Service.Control.Speakers;

/// <summary><c>speaker/merge</c>: two speakers of a session are one, or one of them is an enrolled person.</summary>
public sealed class SpeakerMergeCommand(EnrolledPeople people, StreamDirectory streams)
    : Command<MergeRequest, SpeakerResult>("speaker/merge", SpeakerJson.Default.MergeRequest, SpeakerJson.Default.SpeakerResult)
{
    /// <inheritdoc/>
    protected override Task<SpeakerResult> ExecuteAsync(MergeRequest data, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        var person = people.Contents.Find(data.Into);
        return streams.Find(data.Stream).EditSpeakersAsync(speakers =>
        {
            var from = speakers.Find(data.Speaker).Id;
            var into = person is null ? speakers.Find(data.Into).Id : -person.Number;
            if (from == into)
                throw new UserErrorException("Both are the same speaker.");
            if (from < 0 && into < 0)
                throw new UserErrorException("Two enrolled people cannot be merged; forget one of them and, if need be, enrol the other one again.");
            if (!speakers.Editor.Merge(from, into))
                throw new UserErrorException("The person is enrolled, but not for this session; begin a new one, or see health for why.");
            speakers.Session.Names.Set(from > 0 ? from : 0, null);
            return SpeakerResult.Of(into, speakers.Session.Names);
        }).WaitAsync(cancellationToken);
    }
}
