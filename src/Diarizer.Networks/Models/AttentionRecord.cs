namespace Diarizer.Networks.Models;

/// <summary>Where the weights of a model's attention layer came from; the weights themselves lie in the weights file.</summary>
public sealed record AttentionRecord
{
    /// <summary>Their name: <c>mel</c>, or that of a set of weights taken from a teacher, such as <c>clean</c> or <c>aug</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The teacher and the data, in words.</summary>
    public string Origin { get; init; } = "";
}
