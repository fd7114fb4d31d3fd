namespace Diarizer.Networks.Trunks;

/// <summary>What is common to the networks that map features [B, <see cref="InputBins"/>, T] to embeddings [B, <see cref="OutputSize"/>].</summary>
public interface ISpeakerTrunk
{
    /// <summary>The network's name in model cards.</summary>
    string Name { get; }

    /// <summary>Values in one frame of the input: mel bands or frequency bins.</summary>
    int InputBins { get; }

    /// <summary>Length of an embedding.</summary>
    int OutputSize { get; }

    /// <summary>The fewest frames that give an embedding.</summary>
    int MinimumFrames { get; }
}
