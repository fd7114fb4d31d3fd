using Diarizer.Streaming.Events;

namespace Diarizer.Streaming.Tests.Fakes;

/// <summary>Drives a diarizer with the fakes and collects its events.</summary>
internal sealed class Session
{
    public Session(PipelineOptions? options = null, LevelDetector? detector = null, LevelEmbedder? embedder = null)
    {
        Embedder = embedder ?? new LevelEmbedder();
        Diarizer = new StreamingDiarizer(detector ?? new LevelDetector(), LevelEmbedder.Dimension, 4000, options ?? new PipelineOptions());
    }

    public StreamingDiarizer Diarizer { get; }

    public LevelEmbedder Embedder { get; }

    public List<DiarizationEvent> Events { get; } = [];

    public IEnumerable<TurnChanged> Turns => Events.OfType<TurnChanged>();

    /// <summary>The highest revision of each turn.</summary>
    public IReadOnlyList<TurnChanged> Final => [.. Turns.GroupBy(t => t.TurnId).Select(g => g.MaxBy(t => t.Revision)!)];

    public static Session Run(Scene scene, int piece = 1600, PipelineOptions? options = null) => new Session(options).Write(scene.Samples, piece).Complete();

    public Session Write(float[] samples, int piece = 1600)
    {
        for (var at = 0; at < samples.Length; at += piece)
        {
            Diarizer.Write(samples.AsSpan(at, Math.Min(piece, samples.Length - at)));
            Advance();
        }

        return this;
    }

    public Session Gap(long samples)
    {
        Diarizer.WriteGap(samples);
        return Advance();
    }

    public Session Complete()
    {
        Diarizer.Complete();
        return Advance();
    }

    private Session Advance()
    {
        while (Diarizer.TryAdvance(out var request))
            Diarizer.Provide(Embedder.Embed(request));
        Diarizer.Drain(Events);
        return this;
    }
}
