using Diarizer.Training.Data;

namespace Diarizer.Training.VoiceActivity;

/// <summary>Makes audio whose speech is known. An instance belongs to one thread.</summary>
internal interface ISceneMaker
{
    /// <summary>Makes one scene.</summary>
    /// <param name="samples">Gets the audio at 16 kHz.</param>
    /// <param name="labels">Gets true for every 10 ms with speech.</param>
    void Make(Span<float> samples, Span<bool> labels, ref SeededRandom random);
}
