namespace Diarizer.Networks.Trunks.TimeDelay;

/// <summary>Shape of TDNN-s, the narrower network of Yang et al.</summary>
public sealed record NarrowTdnnOptions : TdnnOptions
{
    /// <summary>Half the channels.</summary>
    public NarrowTdnnOptions() => Channels = [256, 256, 256, 256, 768];
}
