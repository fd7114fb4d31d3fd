namespace Diarizer.Networks.Trunks;

/// <summary>How a sequence of frame vectors becomes one vector.</summary>
public enum PoolingKind
{
    /// <summary>Temporal average (TAP).</summary>
    TemporalAverage,

    /// <summary>Self-attentive (SAP): the mean weighted by learned attention (Cai et al. 2018).</summary>
    SelfAttentive,

    /// <summary>Attentive statistics (ASP): weighted mean and standard deviation (Okabe et al. 2018).</summary>
    AttentiveStatistics,
}
