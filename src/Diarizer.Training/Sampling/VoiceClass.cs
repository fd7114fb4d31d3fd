namespace Diarizer.Training.Sampling;

/// <summary>A speaker at a speed: one class of the classifier.</summary>
/// <param name="Speaker">Index of the speaker.</param>
/// <param name="Speed">Index of the speed.</param>
internal readonly record struct VoiceClass(int Speaker, int Speed);
