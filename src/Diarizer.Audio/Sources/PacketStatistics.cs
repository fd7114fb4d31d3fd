namespace Diarizer.Audio.Sources;

/// <summary>What became of the packets or chunks that a network source was sent since it was opened.</summary>
/// <param name="Received">Used, or being held until they are.</param>
/// <param name="Lost">Never came, or too late to be used.</param>
/// <param name="Late">Came after they had been given up.</param>
/// <param name="Duplicates">Came again.</param>
/// <param name="Reordered">Came after a later one, and in time.</param>
/// <param name="Senders">Times that another sender, or the same one anew, was taken up.</param>
/// <param name="Rejected">Not used, by the reason why.</param>
public sealed record PacketStatistics(
    long Received, long Lost, long Late, long Duplicates, long Reordered, long Senders, IReadOnlyDictionary<string, long> Rejected);
