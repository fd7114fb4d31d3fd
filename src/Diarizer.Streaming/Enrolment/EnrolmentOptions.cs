namespace Diarizer.Streaming.Enrolment;

/// <summary>What recordings must be like to enrol somebody with them.</summary>
public sealed record EnrolmentOptions
{
    /// <summary>Least seconds of clean speech in all recordings together. 2 to 120.</summary>
    public double MinimumSpeech { get; init; } = 8;

    /// <summary>Most embeddings kept of a person. 4 to 200.</summary>
    public int MaximumSamples { get; init; } = 32;

    /// <summary>Seconds from which a second voice in a recording counts. 1 to 60.</summary>
    public double SecondVoice { get; init; } = 2.5;

    /// <summary>
    /// Score of the two halves that a recording falls into most easily (see <c>SessionCentre.Score</c>) below which they are of two people. -4 to 4.
    /// </summary>
    public double OneVoiceScore { get; init; }

    /// <summary>Cosine of two recordings, which may come over different channels, below which they are of two people. -1 to 1.</summary>
    public double OtherVoiceScore { get; init; } = 0.35;

    /// <summary>One sentence for each value out of bounds.</summary>
    public IReadOnlyList<string> Validate()
    {
        var check = new OptionCheck();
        check.Between("Recordings:MinimumSpeech", MinimumSpeech, 2, 120);
        check.Between("Recordings:MaximumSamples", MaximumSamples, 4, 200);
        check.Between("Recordings:SecondVoice", SecondVoice, 1, 60);
        check.Between("Recordings:OneVoiceScore", OneVoiceScore, -4, 4);
        check.Between("Recordings:OtherVoiceScore", OtherVoiceScore, -1, 1);
        return check.Messages;
    }
}
