namespace Diarizer.Streaming;

/// <summary>Least and greatest value of an option, both allowed.</summary>
/// <param name="Low">Least.</param>
/// <param name="High">Greatest.</param>
public readonly record struct OptionBounds(double Low, double High);
