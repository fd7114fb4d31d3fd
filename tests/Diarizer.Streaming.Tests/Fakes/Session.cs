using Diarizer.Networks.Inference;
using Diarizer.Networks.Voices;
using Diarizer.Streaming.Events;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming.Tests.Fakes;

/// <summary>Drives a diarizer with the fakes and collects its events.</summary>
internal sealed class Session
{
    /// <summary>Thresholds for the geometry of <see cref="LevelEmbedder"/>: voices are orthogonal, windows of one voice nearly equal.</summary>
    public static readonly PipelineOptions Options = new()
    {
        VoiceActivity = new() { OnThreshold = 0.5, OffThreshold = 0.35, MinimumSpeech = 0.07 },
        Speakers = new()
        {
            VoiceVariance = 0.9,
            ChannelVariance = 0.02,
            NoiseVariance = 0.4,
            NewSpeakerThreshold = 0,
            ClearlyNewScore = -0.5,
            MinimumNewSpeakerSpeech = 1.5,
            MergeThreshold = 0,
            CurrentSpeakerBonus = 0.05,
            MinimumNewSpeakerProbability = 0.9,
            MinimumExemplarSpeech = 1,
        },
        Turns = new() { MergeGap = 0.5, DecideAfter = 0.9, ChangeThreshold = 0.5, ChangeMargin = 0.1, UnmatchedScore = 0, NewSpeakerEvidence = 0.5, GuessThreshold = -0.1, MinimumTurn = 0.4 },
        Corrections = new() { EvidenceScale = 1, FirstAfter = 2 },
    };

    /// <summary>Voices lie one unit from the origin, each in its own direction; windows of one voice nearly coincide.</summary>
    private static readonly VoiceSpace Space = VoiceSpace.Round(LevelEmbedder.Dimension, within: 0.02, between: 1);

    public Session(PipelineOptions? options = null, LevelDetector? detector = null, LevelEmbedder? embedder = null, IReadOnlyList<EnrolledVoice>? enrolled = null, ISpeakerSegmenter? segmenter = null)
    {
        Embedder = embedder ?? new LevelEmbedder();
        Diarizer = new StreamingDiarizer(detector ?? new LevelDetector(), LevelEmbedder.Dimension, 4000, options ?? Options, segmenter, Space, enrolled);
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

    /// <summary>Changes who is who; what that tells is collected.</summary>
    public T Edit<T>(Func<SpeakerEditor, T> edit)
    {
        var result = edit(Diarizer.Editor);
        Advance();
        return result;
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
