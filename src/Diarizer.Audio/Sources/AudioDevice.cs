namespace Diarizer.Audio.Sources;

/// <summary>Something that can be captured from.</summary>
/// <param name="Uri">What to give as the source.</param>
/// <param name="Description">What the system calls it, on one line.</param>
public sealed record AudioDevice(string Uri, string Description);
