namespace Diarizer.Training.Conversations;

/// <summary>Closes short pauses of one speaker: who stops for a breath has not stopped talking.</summary>
internal static class LabelPauses
{
    /// <summary>Sets a speaker's bit in pauses.</summary>
    /// <param name="labels">For every 10 ms a bit for each speaker who talks.</param>
    /// <param name="bit">The speaker's.</param>
    /// <param name="longest">The longest pause to close, in frames.</param>
    public static void Fill(Span<byte> labels, byte bit, int longest)
    {
        int last = -1;
        for (int i = 0; i < labels.Length; i++)
        {
            if ((labels[i] & bit) == 0)
                continue;
            if (last >= 0 && i - last - 1 <= longest)
            {
                foreach (ref byte label in labels[(last + 1)..i])
                    label |= bit;
            }
            last = i;
        }
    }
}
