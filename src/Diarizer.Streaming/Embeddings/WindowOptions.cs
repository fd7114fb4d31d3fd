namespace Diarizer.Streaming.Embeddings;

/// <summary>Which stretches of audio are embedded.</summary>
public sealed record WindowOptions
{
    /// <summary>Seconds of a full window. 0.5 to 4.</summary>
    public double Length { get; init; } = 1.5;

    /// <summary>Seconds of speech between windows. 0.1 to 2.</summary>
    public double Hop { get; init; } = 0.5;

    /// <summary>Seconds of speech in the first, shortest window of a stretch; not above <see cref="Length"/>. 0.2 to 2.</summary>
    public double Shortest { get; init; } = 0.5;

    /// <summary>Fraction of a window that must be speech. 0 to 1.</summary>
    public double MinimumSpeechFraction { get; init; } = 0.5;

    /// <summary>Seconds of silence that no window reaches across. 0.05 to 5.</summary>
    public double MaximumPause { get; init; } = 0.5;

    /// <summary>Seconds of speech not yet covered that make one last window at a pause. 0.05 to 2.</summary>
    public double MinimumTail { get; init; } = 0.25;

    internal void Check(OptionCheck check)
    {
        check.Between("Windows:Length", Length, 0.5, 4);
        check.Between("Windows:Hop", Hop, 0.1, 2);
        check.Between("Windows:Shortest", Shortest, 0.2, 2);
        check.NotAbove("Windows:Shortest", Shortest, "Windows:Length", Length);
        check.Between("Windows:MinimumSpeechFraction", MinimumSpeechFraction, 0, 1);
        check.Between("Windows:MaximumPause", MaximumPause, 0.05, 5);
        check.Between("Windows:MinimumTail", MinimumTail, 0.05, 2);
    }
}
