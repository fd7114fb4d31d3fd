namespace Diarizer.Networks.Trunks.TimeDelay;

/// <summary>The forms in which ECAPA-TDNN is implemented in public; weights of one are of no use to another.</summary>
public enum EcapaVariant
{
    /// <summary>As Desplanques et al. 2020 describe it, and as Tao Ruijie implements it.</summary>
    Published,

    /// <summary>As SpeechBrain implements it: each block sees the one before alone, convolutions pad by reflection, the aggregation is normalised.</summary>
    SpeechBrain,

    /// <summary>As WeSpeaker implements it: each block sees the one before alone, the attention has no normalisation of its own.</summary>
    WeSpeaker,
}
