namespace Diarizer.Streaming.VoiceActivity;

/// <summary>Hysteresis that turns speech probability (one value for 10 ms) into speech regions.</summary>
public sealed record VoiceActivityOptions
{
    /// <summary>Probability from which a frame counts towards opening speech. 0 to 1.</summary>
    public double OnThreshold { get; init; } = 0.7;

    /// <summary>Probability below which a frame counts towards closing speech; not above <see cref="OnThreshold"/>. 0 to 1.</summary>
    public double OffThreshold { get; init; } = 0.6;

    /// <summary>Seconds over <see cref="OnThreshold"/> that open speech. 0.01 to 1.</summary>
    public double MinimumSpeech { get; init; } = 0.06;

    /// <summary>Seconds below <see cref="OffThreshold"/> that close speech. 0.01 to 2.</summary>
    public double MinimumSilence { get; init; } = 0.15;

    /// <summary>Seconds by which the start is moved ahead of the first speech frame. 0 to 0.5.</summary>
    public double StartPadding { get; init; } = 0.06;

    /// <summary>Seconds by which the end is moved past the last speech frame; less than <see cref="MinimumSilence"/>. 0 to 0.5.</summary>
    public double EndPadding { get; init; }

    internal void Check(OptionCheck check)
    {
        check.Between("VoiceActivity:OnThreshold", OnThreshold, 0, 1);
        check.Between("VoiceActivity:OffThreshold", OffThreshold, 0, 1);
        check.NotAbove("VoiceActivity:OffThreshold", OffThreshold, "VoiceActivity:OnThreshold", OnThreshold);
        check.Between("VoiceActivity:MinimumSpeech", MinimumSpeech, 0.01, 1);
        check.Between("VoiceActivity:MinimumSilence", MinimumSilence, 0.01, 2);
        check.Between("VoiceActivity:StartPadding", StartPadding, 0, 0.5);
        check.Between("VoiceActivity:EndPadding", EndPadding, 0, 0.5);
        check.NotAbove("VoiceActivity:EndPadding", EndPadding, "VoiceActivity:MinimumSilence", MinimumSilence);
    }
}
