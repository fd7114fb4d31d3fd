using Diarizer.Streaming.Corrections;
using Diarizer.Streaming.Embeddings;
using Diarizer.Streaming.LocalSpeakers;
using Diarizer.Streaming.Recognition;
using Diarizer.Streaming.Speakers;
using Diarizer.Streaming.Turns;
using Diarizer.Streaming.VoiceActivity;

namespace Diarizer.Streaming;

/// <summary>Everything that can be set on the diarization core. The defaults are those that the published figures were measured at.</summary>
public sealed record PipelineOptions
{
    /// <summary>From speech probability to speech regions.</summary>
    public VoiceActivityOptions VoiceActivity { get; init; } = new();

    /// <summary>Which stretches of audio are embedded.</summary>
    public WindowOptions Windows { get; init; } = new();

    /// <summary>How speakers are made, recognised and remembered.</summary>
    public SpeakerOptions Speakers { get; init; } = new();

    /// <summary>When a speaker is taken for an enrolled person.</summary>
    public RecognitionOptions Recognition { get; init; } = new();

    /// <summary>How turns begin, change hands and end.</summary>
    public TurnOptions Turns { get; init; } = new();

    /// <summary>How the segmentation network listens a second time; of no effect without one.</summary>
    public SegmentationOptions Segmentation { get; init; } = new();

    /// <summary>How labels are corrected afterwards.</summary>
    public CorrectionOptions Corrections { get; init; } = new();

    /// <summary>Bounds of each number by its path, such as <c>Windows:Hop</c>.</summary>
    public static IReadOnlyDictionary<string, OptionBounds> Bounds { get; } = new PipelineOptions().Check().Bounds;

    /// <summary>One sentence for each value out of bounds; empty when all is well.</summary>
    public IReadOnlyList<string> Validate() => Check().Messages;

    private OptionCheck Check()
    {
        var check = new OptionCheck();
        VoiceActivity.Check(check);
        Windows.Check(check);
        Speakers.Check(check);
        Recognition.Check(check);
        Turns.Check(check);
        Segmentation.Check(check);
        Corrections.Check(check);
        return check;
    }
}
