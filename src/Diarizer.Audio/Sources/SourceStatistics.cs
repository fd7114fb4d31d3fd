namespace Diarizer.Audio.Sources;

/// <summary>What befell a source since it was opened.</summary>
/// <param name="Overruns">Times the device's buffer ran over.</param>
/// <param name="DeviceLosses">Times the device went away or fell silent for good.</param>
/// <param name="Reopened">Times it came back.</param>
/// <param name="IsDown">True while there is no working device, or nobody sends.</param>
/// <param name="Packets">What became of packets; null for sources that have none.</param>
public readonly record struct SourceStatistics(long Overruns, long DeviceLosses, long Reopened, bool IsDown, PacketStatistics? Packets = null);
