using Diarizer.Streaming.Events;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming.Turns;

/// <summary>A turn that has ended and can still be revised.</summary>
internal sealed class EndedTurn(TurnChanged last, SpeakerModel? speaker, long speech, double probability)
{
    /// <summary>What was told last.</summary>
    public TurnChanged Last { get; set; } = last;

    /// <summary>Whose it is; null for a turn too short for anybody's.</summary>
    public SpeakerModel? Speaker { get; set; } = speaker;

    /// <summary>Samples of speech that were attributed.</summary>
    public long Speech { get; set; } = speech;

    /// <summary>True when a command said whose it is: then no correction says otherwise.</summary>
    public bool IsCertain { get; set; }

    /// <summary>Their mean speech probability.</summary>
    public double Probability { get; } = probability;
}
