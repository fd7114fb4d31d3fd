namespace Diarizer.Networks.Voices;

/// <summary>Shape of a <see cref="VoiceSpaceNetwork"/>.</summary>
public sealed record VoiceSpaceOptions
{
    /// <summary>Length of the embeddings; 1 to 4,096.</summary>
    public int Embedding { get; init; } = 256;

    /// <summary>Directions that are kept, those in which voices differ most; 1 to <see cref="Embedding"/>.</summary>
    public int Directions { get; init; } = 160;

    /// <summary>Returns these options when every value is within its bounds.</summary>
    /// <exception cref="UserErrorException">A value is not.</exception>
    public VoiceSpaceOptions Validated()
    {
        if (Embedding is < 1 or > 4_096 || Directions < 1 || Directions > Embedding)
            throw new UserErrorException($"The {VoiceSpaceNetwork.NetworkName} options are {Embedding} values and {Directions} directions; give 1 to 4096 values and no more directions than values.");
        return this;
    }
}
