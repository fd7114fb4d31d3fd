namespace Diarizer.Training.Speakers;

/// <summary>A crop that can be made again.</summary>
/// <param name="Step">The step whose batch it belongs to.</param>
/// <param name="Row">Its sequence in that batch.</param>
/// <param name="Class">Its class number.</param>
internal readonly record struct CropReference(long Step, int Row, long Class);
