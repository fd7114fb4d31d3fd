using Diarizer.Mqtt.Contract;
using Diarizer.Streaming;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Service.Streams;

/// <summary>The speakers of a running session, to be changed by its worker; what cannot be is told in a sentence.</summary>
/// <param name="session">The session.</param>
/// <param name="core">Its core.</param>
public sealed class SessionSpeakers(StreamSession session, StreamingDiarizer core)
{
    /// <summary>The session.</summary>
    public StreamSession Session => session;

    /// <summary>Changes who is who.</summary>
    public SpeakerEditor Editor => core.Editor;

    /// <summary>A speaker who was heard, by id or by name.</summary>
    /// <exception cref="UserErrorException">There is no such speaker.</exception>
    public SpeakerSummary Find(string idOrName)
    {
        var number = Identity.SpeakerName.NumberOf(idOrName) ?? session.Names.NumberOf(idOrName.Trim());
        foreach (var speaker in core.Speakers)
        {
            if (speaker.Id == number)
                return speaker;
        }

        throw new UserErrorException($"No such speaker was heard in the session; there are: {Ids}.");
    }

    private string Ids => core.Speakers.Count == 0 ? "none" : string.Join(", ", core.Speakers.Select(s => SpeakerMessage.IdOf(s.Id)));
}
