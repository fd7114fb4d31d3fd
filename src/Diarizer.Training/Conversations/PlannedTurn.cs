namespace Diarizer.Training.Conversations;

/// <summary>Somebody is to talk.</summary>
/// <param name="Speaker">Index within the conversation.</param>
/// <param name="Start">Seconds from the conversation's start; negative where it began before the excerpt.</param>
/// <param name="Seconds">Length.</param>
internal readonly record struct PlannedTurn(int Speaker, double Start, double Seconds)
{
    public double End => Start + Seconds;
}
