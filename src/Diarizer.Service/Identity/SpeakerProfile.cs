using Diarizer.Mqtt.Contract;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Service.Identity;

/// <summary>An enrolled person.</summary>
/// <param name="Number">Number of the person, from 1; never given twice.</param>
/// <param name="Name">What the person is called.</param>
/// <param name="Consent">That they agreed.</param>
/// <param name="EnrolledAt">When the voice was taken, UTC.</param>
/// <param name="Source">Where the voice was taken from.</param>
/// <param name="Speech">Seconds of speech that it rests on.</param>
/// <param name="Model">SHA-256 of the embedding model's weights; the voiceprint means nothing to another model.</param>
/// <param name="Samples">The voiceprint.</param>
public sealed record SpeakerProfile(
    int Number, string Name, ConsentRecord Consent, DateTimeOffset EnrolledAt, EnrolmentSource Source, double Speech, string Model, IReadOnlyList<VoiceSample> Samples)
{
    /// <summary>Id in messages: <c>p1</c>, <c>p2</c>, …</summary>
    public string Id => SpeakerMessage.IdOf(-Number);

    /// <summary>Recordings that the voice was taken from.</summary>
    public int Recordings => Samples.Select(s => s.Recording).Distinct().Count();

    /// <summary>For the core.</summary>
    public EnrolledVoice ToVoice() => new(-Number, Samples);
}

/// <summary>Where a voice was taken from.</summary>
public enum EnrolmentSource
{
    /// <summary>Recordings.</summary>
    Files,

    /// <summary>A speaker who was heard in a session.</summary>
    Session,
}
