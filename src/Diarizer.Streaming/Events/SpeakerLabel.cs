namespace Diarizer.Streaming.Events;

/// <summary>Who holds a turn, as far as is known.</summary>
/// <param name="Id">Number of the speaker within the session, from 1; below 0 for a person who was enrolled, the same in every session; 0 while unknown.</param>
/// <param name="Confidence">Calibrated confidence in [0, 1]; 0 while unknown.</param>
/// <param name="Decided">False while provisional: less than the minimum of speech was heard.</param>
public readonly record struct SpeakerLabel(int Id, float Confidence, bool Decided)
{
    /// <summary>Nobody yet.</summary>
    public static SpeakerLabel Unknown => default;

    /// <summary>True when no speaker is named.</summary>
    public bool IsUnknown => Id == 0;
}
