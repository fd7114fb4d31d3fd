namespace Diarizer.Training.Losses;

/// <summary>A margin's curriculum: <paramref name="Small"/> until a step, then growing linearly to its full value.</summary>
/// <param name="Full">The margin at last.</param>
/// <param name="Small">The margin at first.</param>
/// <param name="From">The step at which it begins to grow.</param>
/// <param name="Over">Steps that the growth takes; 0 for a jump.</param>
internal readonly record struct MarginSchedule(double Full, double Small = 0, long From = 0, long Over = 0)
{
    /// <summary>The margin of a step.</summary>
    public double At(long step)
    {
        double grown = step < From ? 0 : Over == 0 ? 1 : Math.Min(1, (step - From) / (double)Over);
        return Small + (Full - Small) * grown;
    }
}
