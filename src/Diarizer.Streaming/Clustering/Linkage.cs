namespace Diarizer.Streaming.Clustering;

/// <summary>The distance between two clusters.</summary>
public enum Linkage
{
    /// <summary>Of their two farthest members.</summary>
    Complete,

    /// <summary>The mean over all pairs of members (UPGMA).</summary>
    Average,
}
