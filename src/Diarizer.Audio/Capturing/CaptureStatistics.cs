using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Capturing;

/// <summary>The state of a <see cref="Capture"/> at one moment. Sample counts are at 16 kHz.</summary>
/// <param name="Samples">Samples captured, gaps not included.</param>
/// <param name="Gaps">Gaps in the audio, each of any length.</param>
/// <param name="LostSamples">Samples lost before they reached the buffer: overruns, lost devices.</param>
/// <param name="DroppedSamples">Samples dropped because the reader was late.</param>
/// <param name="InvalidSamples">Samples of the source that were not numbers and count as silence.</param>
/// <param name="BufferedSamples">Samples waiting for the reader.</param>
/// <param name="Overruns">Times the device's buffer ran over.</param>
/// <param name="DeviceLosses">Times the device went away.</param>
/// <param name="Reopened">Times it came back.</param>
/// <param name="IsDown">True while there is no working device.</param>
/// <param name="LevelDbfs">RMS level of the last 0.3 s or so, for a meter; a full-scale sine is -3, silence -120.</param>
/// <param name="LastFrame">When audio last came; null before the first.</param>
/// <param name="Packets">What became of packets; null for sources that have none.</param>
public sealed record CaptureStatistics(
    long Samples,
    long Gaps,
    long LostSamples,
    long DroppedSamples,
    long InvalidSamples,
    int BufferedSamples,
    long Overruns,
    long DeviceLosses,
    long Reopened,
    bool IsDown,
    double LevelDbfs,
    DateTimeOffset? LastFrame,
    PacketStatistics? Packets = null);
