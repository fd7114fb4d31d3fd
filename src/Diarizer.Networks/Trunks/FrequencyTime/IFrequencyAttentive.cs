namespace Diarizer.Networks.Trunks.FrequencyTime;

/// <summary>A trunk that can weight the frequencies of its input, once it has normalised them.</summary>
public interface IFrequencyAttentive : ISpeakerTrunk
{
    /// <summary>The attention layer; null in a network built without.</summary>
    FrequencyAttention? Attention { get; }
}
