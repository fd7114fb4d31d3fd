namespace Diarizer.Features;

/// <summary>What counts as silence in a recording of one speaker.</summary>
public sealed record SilenceOptions
{
    /// <summary>A frame is silent when its energy lies this many dB below the recording's loud frames; 5 to 80.</summary>
    public double Below { get; init; } = 30;

    /// <summary>A frame is silent, too, when its energy lies less than this many dB above the recording's quiet frames; 0 to 40.</summary>
    public double AboveFloor { get; init; } = 6;

    /// <summary>Seconds that are kept on either side of what is not silent; 0 to 1.</summary>
    public double Padding { get; init; } = 0.05;

    /// <summary>Returns these options when every value is within its bounds.</summary>
    /// <exception cref="UserErrorException">A value is not.</exception>
    public SilenceOptions Validated()
    {
        Bounds.Require(Below is >= 5 and <= 80, "silence", nameof(Below), Below, "5 to 80");
        Bounds.Require(AboveFloor is >= 0 and <= 40, "silence", nameof(AboveFloor), AboveFloor, "0 to 40");
        Bounds.Require(Padding is >= 0 and <= 1, "silence", nameof(Padding), Padding, "0 to 1");
        return this;
    }
}
